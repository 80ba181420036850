"""How far a pregnancy is and how it ended, in words: soberly, whatever its end."""

from mes_app.i18n.catalogue import t
from mes_app.i18n.dates import partial


def pregnancy_week(weeks: int, days: int) -> str:
    """« 23 SA + 4 j », « 23 SA »."""
    return t("pregnancy.week_and_days", weeks=weeks, days=days) if days else t("pregnancy.week", weeks=weeks)


def pregnancy_end(status: str, until: str) -> str:
    """« Terminée : 3 mars 2025 », « Naissance : mars 2025 »; where it stands without a date, or while it goes on."""
    if status == "current" or not until:
        return t(f"sections.pregnancies.status_{status}")
    return t(f"pregnancy.{status}_on", day=partial(until))
