"""Every section, field and choice that a screen or the PDF may show has its words in both languages."""

from collections.abc import Iterator
from enum import StrEnum
from typing import get_args

import pytest

from mes_app.domain.appointments import Appointment
from mes_app.domain.documents import Category
from mes_app.domain.inputs import WRITABLE, list_inputs
from mes_app.domain.measure_types import MeasureType, name_number
from mes_app.domain.others import Other
from mes_app.domain.record import Entry, Kind, Source
from mes_app.domain.remarks import Remark
from mes_app.domain.results import Result
from mes_app.domain.sections import BOOKLET, SECTIONS
from mes_app.i18n.catalogue import LANGUAGES, catalogue

SHOWN: dict[Kind, type[Entry]] = (
    SECTIONS
    | BOOKLET
    | {
        Kind.RESULTS: Result,
        Kind.APPOINTMENTS: Appointment,
        Kind.OTHER: Other,
        Kind.REMARKS: Remark,
    }
)
UNLABELLED = set(Entry.model_fields) - {"note"} | {"title", "unique_id"}
"""Facts every entry shares have their own place, a title needs no label, and a name for machines is not shown."""


def field_keys(kind: Kind, model: type[Entry]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if name in UNLABELLED:
            continue
        yield f"sections.{kind}.{name}"
        for choices in (field.annotation, *get_args(field.annotation)):
            if isinstance(choices, type) and issubclass(choices, StrEnum):
                yield from (f"sections.{kind}.{name}_{choice}" for choice in choices)


def expected_keys() -> Iterator[str]:
    yield from (f"sections.{kind}.title" for kind in Kind)
    yield from (f"sections.{kind}.{words}" for kind in SECTIONS for words in ("none", "empty"))
    yield from (f"sections.source.{source}" for source in Source)
    yield from (f"categories.{category.lower()}" for category in Category)
    for kind, model in SHOWN.items():
        yield from field_keys(kind, model)
    yield from (f"sections.measures.{name_number(MeasureType.BLOOD_PRESSURE, name)}" for name in ("value", "value2"))
    yield "sections.professionals.status_regular"
    for kind in WRITABLE:
        yield from (asked.label for asked in list_inputs(kind))
        yield from (f"{asked.label}_{choice}" for asked in list_inputs(kind) for choice in asked.choices)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_declared_has_its_words(language: str) -> None:
    assert [key for key in expected_keys() if key not in catalogue(language)] == []


def test_no_words_are_kept_for_what_no_longer_exists() -> None:
    expected = set(expected_keys()) | {f"sections.{kind}.empty" for kind in Kind}
    assert {key for key in catalogue("fr") if key.startswith(("sections.", "categories."))} - expected == set()
