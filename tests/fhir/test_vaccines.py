from typing import Any

import pytest

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.vaccines import Series, Vaccine
from mes_app.domain.values import PartialDate
from tests.fhir.reading import opened, summary

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
