"""In which order a section is read: what matters most in a consultation comes first."""

from mes_app.domain.record import Entry, Row
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality, Severity
from mes_app.domain.sections.conditions import Condition
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.sections.treatments import Treatment

_CRITICALITIES = (Criticality.HIGH, Criticality.UNKNOWN, None, Criticality.LOW)
_DANGERS = {(criticality or ""): rank for rank, criticality in enumerate(_CRITICALITIES)}
_SEVERITIES = (Severity.SEVERE, Severity.MODERATE, None, Severity.MILD)


def sort_by_weight(entries: list[Entry]) -> list[Entry]:
    """Dangerous allergies first, then current treatments and conditions; the given order among equals."""
    return sorted(entries, key=_weigh)


def sort_by_danger(rows: list[Row]) -> list[Row]:
    """Rows of allergies, the most dangerous first: their category is their criticality, empty when unknown."""
    return sorted(rows, key=lambda row: _DANGERS.get(row.category, _DANGERS[""]))


def is_current(entry: Entry) -> bool:
    """Whether it matters at once: it still holds, as far as the record says; of professionals the médecin traitant."""
    match entry:
        case Allergy():
            return entry.status in (AllergyStatus.ACTIVE, AllergyStatus.UNKNOWN)
        case Treatment() | Condition():
            return entry.current
        case Professional():
            return entry.regular
    return True


def _weigh(entry: Entry) -> tuple[int, int]:
    match entry:
        case Allergy():
            return _CRITICALITIES.index(entry.criticality), _SEVERITIES.index(entry.severity)
        case Treatment() | Condition():
            return int(not entry.current), 0
    return 0, 0
