from typing import Any

import pytest

from mes_app.domain.inputs import ADDABLE
from mes_app.domain.others import NothingDeclared
from mes_app.domain.record import Kind, Source
from mes_app.domain.sections import BOOKLET
from mes_app.domain.values import PartialDate
from mes_app.errors import Rejected
from mes_app.fhir.nothing_declared import find_section
from tests.fhir.encoding import check_writing, written
from tests.fhir.reading import opened, sample, summary


def test_no_known_allergy_speaks_of_the_whole_section() -> None:
    overview = summary("no_known_allergy")
    assert (overview.kind, overview.category, overview.date_text) == (
        Kind.NOTHING_DECLARED,
        "allergies",
        "2026-01-12",
    )


def test_a_list_emptied_on_purpose_is_a_dated_statement() -> None:
    statement = opened("nothing_to_declare")
    assert isinstance(statement, NothingDeclared)
    assert (statement.section, statement.date, statement.source) == (
        Kind.PROCEDURES,
        PartialDate(text="2026-02-01"),
        Source.SELF,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"emptyReason": None},
        {"emptyReason": {"coding": [{"code": "unavailable"}]}},
        {"status": "retired"},
        {"entry": [{"item": {"reference": "Procedure/1"}}]},
        {"code": {"text": "Ma liste"}},
    ],
)
def test_any_other_list_declares_nothing(changes: dict[str, Any]) -> None:
    assert summary("nothing_to_declare", **changes).kind is Kind.OTHER


@pytest.mark.parametrize(
    ("resource", "section"),
    [
        ({"medicationCodeableConcept": {"coding": [{"code": "no-known-medications"}]}}, Kind.TREATMENTS),
        ({"vaccineCode": {"coding": [{"code": "no-known-immunizations"}]}}, Kind.VACCINES),
        ({"code": {"coding": [{"code": "no-known-problems"}]}}, Kind.CONDITIONS),
        ({"code": {"coding": [{"code": "409137002"}]}}, None),
    ],
)
def test_the_codes_of_the_patient_summary_say_it_too(resource: dict[str, Any], section: Kind | None) -> None:
    assert find_section(resource) is section


def test_a_mistaken_statement_is_no_statement() -> None:
    mistake = {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}
    assert summary("no_known_allergy", **mistake).kind is Kind.OTHER


def test_no_information_is_neither_an_allergy_nor_their_absence() -> None:
    unknown = sample("allergy")["code"] | {"coding": [{"code": "no-allergy-info"}]}
    assert summary("allergy", code=unknown).kind is Kind.OTHER


@pytest.mark.parametrize("section", sorted(ADDABLE - {Kind.APPOINTMENTS, *BOOKLET}))
def test_having_nothing_is_written_and_said_again_later(section: Kind) -> None:
    first, second = (
        NothingDeclared(source=Source.SELF, section=section, date=day, recorded=day, note=note)
        for day, note in ((PartialDate(text="2026-02-01"), None), (PartialDate(text="2026-11-20"), "Toujours rien"))
    )
    check_writing(Kind.NOTHING_DECLARED, first, second)


@pytest.mark.parametrize("section", [Kind.RESULTS, Kind.DOCUMENTS, *BOOKLET])
def test_a_section_without_a_code_is_not_declared_empty(section: Kind) -> None:
    with pytest.raises(Rejected, match="not_a_choice"):
        written(Kind.NOTHING_DECLARED, NothingDeclared(section=section, date=PartialDate(text="2026-11-20")))
