"""What a form of a new entry is about where that is known before: a measure, a tooth, an age of the booklet."""

from mes_app.domain.booklets import list_ages
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Kind
from mes_app.domain.vocabularies import list_choices


def find_preset(kind: Kind, about: str) -> dict[str, str]:
    """The value that the form of a new entry begins with; empty where ``about`` is none of these but a record."""
    if kind is Kind.MEASURES and about in set(MeasureType):
        return {"measure": about}
    if kind is Kind.TEETH and about in list_choices(kind, "tooth"):
        return {"tooth": about}
    if kind is Kind.PAGES and about in list_ages():
        return {"page": list_ages()[about]}
    return {}
