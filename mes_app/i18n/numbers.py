"""Numbers and sizes as the current language writes them."""

from decimal import Decimal

from babel.numbers import format_decimal, get_decimal_symbol

from mes_app.i18n.catalogue import locale, t

_UNITS = ("sizes.bytes", "sizes.kilobytes", "sizes.megabytes", "sizes.gigabytes")


def decimal(value: Decimal | float | int, digits: int = 3) -> str:
    """« 1 234,5 »: at most ``digits`` decimals."""
    return format_decimal(value, format="#,##0." + "#" * digits, locale=locale())


def write_number(text: str) -> str:
    """The digits of ``text``, such as ``72.50``, with the decimal mark of the language: « 72,50 »."""
    return text.replace(".", get_decimal_symbol(locale()))


def size(count: int) -> str:
    """« 1,2 Mo »: bytes in powers of 1,000, as stores and systems show them."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return t(_UNITS[unit], value=decimal(value, 1 if unit > 1 else 0))
