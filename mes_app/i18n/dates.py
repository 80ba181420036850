"""Dates, times and ages in words, in the current language and the zone of the device."""

from datetime import date, datetime, timedelta, tzinfo

from babel.dates import format_date, format_datetime, format_interval, format_timedelta

from mes_app.i18n.catalogue import locale, t

RELATIVE_DAYS = 7


def day(value: date) -> str:
    """« ven. 20 nov. 2026 »."""
    return format_date(value, "EEE d MMM y", locale=locale())


def short_day(value: date) -> str:
    """« 20 nov. 2026 »: where there is little room."""
    return format_date(value, "medium", locale=locale())


def month(value: date) -> str:
    """« novembre 2026 »: the heading of a month."""
    return format_date(value, "LLLL y", locale=locale())


def relative_day(value: date, today: date) -> str:
    """« aujourd’hui », « hier », « il y a 3 jours », « dans 2 jours »; the full day from a week on."""
    distance = (value - today).days
    named = {-1: "dates.yesterday", 0: "dates.today", 1: "dates.tomorrow"}.get(distance)
    if named:
        return t(named)
    if abs(distance) < RELATIVE_DAYS:
        return format_timedelta(timedelta(days=distance), "day", threshold=10, add_direction=True, locale=locale())
    return day(value)


def moment(value: datetime, zone: tzinfo | None = None) -> str:
    """« ven. 20 nov. 2026 à 14:05 », in ``zone`` or the device's own."""
    local = value.astimezone(zone)
    return t("dates.day_at_time", day=day(local.date()), time=time(value, zone))


def time(value: datetime, zone: tzinfo | None = None) -> str:
    """« 14:05 », in ``zone`` or the device's own."""
    return format_datetime(value.astimezone(zone), "HH:mm", locale=locale())


def partial(text: str) -> str:
    """A FHIR date as far as it is known: « 2019 », « mai 2019 », « ven. 3 mai 2019 »; odd text as it stands."""
    try:
        if len(text) == len("2019-05"):
            return month(date.fromisoformat(f"{text}-01"))
        if len(text) == len("2019-05-03"):
            return day(date.fromisoformat(text))
        if len(text) > len("2019-05-03"):
            value = datetime.fromisoformat(text)
            return day(value.astimezone().date() if value.tzinfo else value.date())
    except ValueError:
        return text
    return text


def span(first: str, last: str) -> str:
    """Two FHIR dates as one: « 3–12 nov. 2026 », « 3 nov. 2026 » where they are the same; as far as they are known."""
    days = [_read_day(text) for text in (first, last)]
    if days[0] and days[1]:
        return format_interval(days[0], days[1], "yMMMd", locale=locale())
    return " – ".join(dict.fromkeys(map(partial, (first, last))))


def _read_day(text: str) -> date | None:
    """The day of a FHIR date that tells one."""
    try:
        value = datetime.fromisoformat(text) if len(text) >= len("2019-05-03") else None
    except ValueError:
        return None
    return value and (value.astimezone().date() if value.tzinfo else value.date())


def age(years: int, months: int) -> str:
    """« 38 ans », « 14 mois » under two years, « moins d’un mois » at the start of life."""
    if years >= 2:
        return t("dates.years", count=years)
    total = years * 12 + months
    return t("dates.months", count=total) if total else t("dates.newborn")
