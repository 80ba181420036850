import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.values import Coded, PartialDate
from mes_app.errors import NotAllowed, Reason
from mes_app.fhir.codec import can_encode, decode, encode
from tests.fhir.encoding import CODED, DATES, LINES, OWNER, QUICK, TEXTS, check_writing
from tests.fhir.reading import body, opened, sample, shared, summary


def test_an_operation_shows_where_it_was_done() -> None:
    overview = summary("procedure")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.PROCEDURES,
        "Appendicectomie par cœlioscopie",
        "Hôpital de la Croix-Rousse",
    )
    procedure = opened("procedure")
    assert isinstance(procedure, Procedure)
    assert (procedure.place, procedure.performer, procedure.stay) == (
        "Hôpital de la Croix-Rousse",
        "Dr Paul LEROY",
        False,
    )
    assert (procedure.date, procedure.until) == (PartialDate(text="2004-07"), None)


def test_a_stay_shows_why_it_was() -> None:
    overview = summary("stay")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.PROCEDURES,
        "Accouchement",
        "Maternité de l'Hôtel-Dieu",
    )
    stay = opened("stay")
    assert isinstance(stay, Procedure)
    assert stay.stay
    assert stay.until == PartialDate(text="2017-02-13T15:30:00+01:00")
    assert summary("stay", reasonCode=None).title == "Hospitalisation complète"


def test_the_person_is_never_shown_as_the_surgeon() -> None:
    changes = {"performer": [{"actor": {"reference": "Patient/camille", "display": "Camille MARTIN"}}]}
    procedure = opened("procedure", **changes)
    assert isinstance(procedure, Procedure)
    assert (procedure.performer, procedure.source) == (None, Source.SELF)
    assert summary("procedure", **changes, location=None).subtitle == ""


def test_a_consultation_is_no_stay() -> None:
    assert summary("stay", **{"class": {"code": "AMB"}}).kind is Kind.OTHER
    assert summary("stay", **{"class": None}).kind is Kind.OTHER


def test_a_procedure_known_by_its_category_only_is_called_by_it() -> None:
    procedure = opened("procedure", code=None, category={"text": "Chirurgie"})
    assert isinstance(procedure, Procedure)
    assert procedure.procedure == Coded(text="Chirurgie")
    assert procedure.source is Source.SELF


PROCEDURES = st.builds(
    Procedure,
    procedure=CODED,
    date=st.none() | DATES,
    until=st.none() | DATES,
    place=st.none() | LINES,
    performer=st.none() | LINES,
    stay=st.booleans(),
    note=st.none() | TEXTS,
    source=st.just(Source.SELF),
)


@QUICK
@given(PROCEDURES, PROCEDURES)
def test_a_procedure_is_written_as_it_reads(first: Procedure, second: Procedure) -> None:
    check_writing(Kind.PROCEDURES, first, second)


def test_a_stay_kept_as_an_encounter_is_not_rewritten_as_something_else() -> None:
    assert not can_encode(Kind.PROCEDURES, body("stay"))
    with pytest.raises(NotAllowed) as caught:
        encode(Kind.PROCEDURES, opened("stay"), OWNER, body("stay"))
    assert caught.value.reason is Reason.NOT_YOURS


def test_another_professional_leaves_the_family_that_says_so() -> None:
    me = {"actor": {"reference": "Patient/camille"}}
    former = json.dumps(sample("procedure", performer=[{"actor": {"display": "Dr Noël"}}, me])).encode()
    changed = decode(Kind.PROCEDURES, former, shared).model_copy(update={"performer": "Dr Chérif"})
    assert json.loads(encode(Kind.PROCEDURES, changed, OWNER, former))["performer"] == [
        {"actor": {"display": "Dr Chérif"}},
        me,
    ]


def test_only_an_end_is_no_date() -> None:
    ended = opened("procedure", performedDateTime=None, performedPeriod={"end": "2020"})
    assert isinstance(ended, Procedure)
    assert (ended.date, ended.until) == (None, PartialDate(text="2020"))
