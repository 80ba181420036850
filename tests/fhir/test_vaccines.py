import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.vaccines import Series, Vaccine
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.codec import decode, encode
from mes_app.fhir.encoders import Owner
from mes_app.fhir.overviews import summarise
from tests.fhir.encoding import CODED, DATES, DAYS, LINES, PRODUCTS, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import opened, sample, shared, summary

DISEASES = ("Diphtérie", "Tétanos", "Poliomyélite", "Coqueluche")


def test_a_list_shows_the_vaccine_and_its_diseases() -> None:
    overview = summary("vaccine")
    assert (overview.kind, overview.title, overview.subtitle) == (Kind.VACCINES, "REPEVAX", ", ".join(DISEASES))
    assert (overview.date_text, overview.source) == ("2023-04-18", Source.PROFESSIONAL)


def test_a_vaccine_opens_with_its_lot_and_who_gave_it() -> None:
    vaccine = opened("vaccine")
    assert isinstance(vaccine, Vaccine)
    assert vaccine.vaccine.text == "REPEVAX"
    assert vaccine.diseases == DISEASES
    assert vaccine.date == PartialDate(text="2023-04-18")
    assert (vaccine.dose_number, vaccine.series, vaccine.lot) == (4, Series.BOOSTER, "W3R291")
    assert vaccine.performer == vaccine.author == "Dr Hélène ROUX"


@pytest.mark.parametrize(
    ("changes", "source"),
    [
        ({"primarySource": False}, Source.SELF),
        ({"primarySource": False, "reportOrigin": {"text": "registre"}}, Source.PROFESSIONAL),
        ({"performer": None}, Source.PROFESSIONAL),
        ({"performer": None, "primarySource": None}, Source.UNKNOWN),
    ],
)
def test_what_the_person_typed_is_told_from_what_the_injector_wrote(changes: dict[str, Any], source: Source) -> None:
    assert summary("vaccine", **changes).source is source
    assert opened("vaccine", **changes).source is source


@pytest.mark.parametrize("stated", [0, -1, 10_000, "deux", 1e300, None])
def test_a_dose_number_that_cannot_be_is_left_out(stated: object) -> None:
    vaccine = opened("vaccine", protocolApplied=[{"series": "autre", "doseNumberPositiveInt": stated}])
    assert isinstance(vaccine, Vaccine)
    assert (vaccine.dose_number, vaccine.series) == (None, None)


VACCINES = st.builds(
    Vaccine,
    vaccine=CODED,
    diseases=st.lists(LINES, unique=True, max_size=3).map(tuple),
    date=st.none() | DATES,
    dose_number=st.none() | st.integers(1, 99),
    series=st.none() | st.sampled_from(Series),
    product=st.none() | PRODUCTS,
    lot=st.none() | LINES,
    expires=st.none() | DAYS,
    performer=st.none() | LINES,
    note=st.none() | TEXTS,
    recorded=st.none() | DATES,
    source=st.just(Source.SELF),
)


@QUICK
@given(VACCINES, VACCINES)
def test_a_vaccine_is_written_as_it_reads(first: Vaccine, second: Vaccine) -> None:
    check_writing(Kind.VACCINES, first, second.model_copy(update={"recorded": first.recorded}))


def test_who_injected_is_not_who_says_so() -> None:
    declared = opened("vaccine", primarySource=False)
    assert isinstance(declared, Vaccine)
    assert (declared.performer, declared.author, declared.source) == ("Dr Hélène ROUX", None, Source.SELF)


def test_a_vaccine_typed_by_a_relative_is_not_a_primary_source() -> None:
    owner = Owner(patient="Patient/leo", author="RelatedPerson/camille")
    raw = encode(Kind.VACCINES, Vaccine(vaccine=Coded(text="ROR")), owner)
    assert read_body(raw)["primarySource"] is False
    assert decode(Kind.VACCINES, raw, shared).source is Source.RELATIVE


def test_a_vaccine_without_a_date_says_that_it_is_unknown() -> None:
    vaccine = Vaccine(vaccine=Coded(text="ROR"), source=Source.SELF)
    resource = written(Kind.VACCINES, vaccine)
    assert resource["occurrenceString"] == "unknown"
    assert summarise(resource, holder=True).subtitle == ""
    dated = written(Kind.VACCINES, vaccine.model_copy(update={"date": PartialDate(text="2019")}), write_body(resource))
    assert "occurrenceString" not in dated


def test_a_dose_that_is_no_number_stays() -> None:
    protocol = {"series": "BOOSTER", "doseNumberString": "rappel des 25 ans"}
    former = json.dumps(sample("vaccine", primarySource=False, protocolApplied=[protocol])).encode()
    changed = decode(Kind.VACCINES, former, shared).model_copy(update={"diseases": ("Tétanos",)})
    assert written(Kind.VACCINES, changed, former)["protocolApplied"] == [
        protocol | {"targetDisease": [{"text": "Tétanos"}]}
    ]


def test_each_protocol_keeps_the_diseases_that_are_still_named() -> None:
    protocols = [
        {"doseNumberPositiveInt": 1, "targetDisease": [{"text": "Rougeole"}, {"text": "Oreillons"}]},
        {"doseNumberPositiveInt": 2, "targetDisease": [{"text": "Rubéole"}]},
    ]
    former = json.dumps(sample("vaccine", primarySource=False, protocolApplied=protocols)).encode()
    changed = decode(Kind.VACCINES, former, shared).model_copy(update={"diseases": ("Oreillons", "Rubéole")})
    assert [one["targetDisease"] for one in written(Kind.VACCINES, changed, former)["protocolApplied"]] == [
        [{"text": "Oreillons"}],
        [{"text": "Rubéole"}],
    ]


def test_the_box_of_a_vaccine_is_a_code_beside_its_name() -> None:
    vaccine = Vaccine(
        vaccine=Coded(text="Repevax"),
        product="3400930000007",
        lot="W3R29",
        expires=PartialDate(text="2027-05"),
        source=Source.SELF,
    )
    resource = written(Kind.VACCINES, vaccine)
    assert resource["vaccineCode"] == {
        "coding": [{"system": "https://www.gs1.org/gtin", "code": "03400930000007"}],
        "text": "Repevax",
    }
    assert (resource["lotNumber"], resource["expirationDate"]) == ("W3R29", "2027-05")
    assert summarise(resource, holder=True).code == ""
