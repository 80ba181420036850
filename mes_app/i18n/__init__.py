"""Every word a person reads, French first. Screens, PDF and command line ask here by key; nobody else writes words.

Catalogues are TOML files, one per topic, in a folder per language: ``fr/documents.toml`` holds ``documents.*``.
"""

from mes_app.i18n.catalogue import find, languages, t, use
from mes_app.i18n.dates import age, day, moment, month, partial, relative_day, short_day, span, time
from mes_app.i18n.numbers import decimal, size
from mes_app.i18n.values import field_value, quantity, unit

__all__ = [
    "age",
    "day",
    "decimal",
    "field_value",
    "find",
    "languages",
    "moment",
    "month",
    "partial",
    "quantity",
    "relative_day",
    "short_day",
    "size",
    "span",
    "t",
    "time",
    "unit",
    "use",
]
