"""The rows of the health profile in words."""

from mes_app.domain.record import Kind, Row
from mes_app.domain.values import PartialDate
from mes_app.i18n import find, partial, quantity, t
from mes_app.views.widgets.details import capitalise
from mes_app.views.widgets.words import tell_day

_USUAL = ("active", "final", "completed", "unknown")
"""The states that go without saying in a list; of what is listed as past, only the others are told."""


def tell_declared(date: PartialDate) -> str:
    """« Déclaré le 21 sept. 2026 »."""
    return t("health.declared_on", date=partial(date.text)) if date.text else t("health.declared")


def tell_value(row: Row) -> str:
    """« 128/82 mmHg »; the words of a measure that has no number."""
    return quantity(row.value, row.unit, row.value2) if row.value is not None else row.subtitle


def name_measure(measure: str) -> str:
    """« Tension artérielle »; one without words shows its own id."""
    return find(f"sections.measures.measure_{measure}") or measure


def tell_row(row: Row) -> tuple[str, str]:
    """Title and subtitle of a row: for a measure its value first."""
    if row.kind is Kind.MEASURES:
        return tell_value(row), tell_day(row.date)
    status = None if row.status in _USUAL else find(f"sections.{row.kind}.status_{row.status}")
    parts = (capitalise(status or ""), row.subtitle, tell_day(row.date))
    return row.title, " · ".join(part for part in parts if part)
