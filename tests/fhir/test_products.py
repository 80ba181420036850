import pytest
from hypothesis import given

from mes_app.domain.values import Coded
from mes_app.fhir.products import GTIN, drop_product, put_product, read_named, read_product
from tests.fhir.encoding import PRODUCTS

ATC = {"system": "http://www.whocc.no/atc", "code": "J07CA02"}
BOX = {"system": GTIN, "code": "03400930000007"}


@pytest.mark.parametrize("coding", [[ATC, BOX], [BOX, ATC], [BOX, {"system": GTIN, "code": "x"}, ATC]])
def test_a_box_is_told_from_what_is_in_it(coding: list[dict[str, str]]) -> None:
    concept = {"text": "REPEVAX", "coding": coding}
    assert read_product(concept) == "3400930000007"
    assert read_named(concept) == Coded(text="REPEVAX", code="J07CA02", system=ATC["system"])
    assert drop_product(concept) == {"text": "REPEVAX", "coding": [ATC]}


def test_a_box_alone_names_the_medicine_as_well_as_it_can() -> None:
    assert read_named({"coding": [BOX | {"display": "REPEVAX, suspension"}]}) == Coded(text="REPEVAX, suspension")
    assert drop_product({"coding": [BOX]}) == {}
    assert read_product({"coding": ["?", {"code": 3}]}) is None


@given(PRODUCTS)
def test_a_box_is_written_as_it_reads(product: str) -> None:
    concept = {"coding": [BOX, ATC]}
    put_product(concept, product, {})
    assert read_product(concept) == product
    assert concept["coding"][0] == ATC
    assert len(concept["coding"]) == 2
    put_product(concept, None, {})
    assert concept == {"coding": [ATC]}


def test_a_box_that_is_the_same_keeps_what_is_known_of_it() -> None:
    box = BOX | {"display": "REPEVAX, suspension"}
    concept = {"coding": [ATC]}
    put_product(concept, "3400930000007", {"coding": [box]})
    assert concept["coding"] == [ATC, box]


def test_all_other_codes_of_a_medicine_stay_however_many() -> None:
    codings = [{"system": "urn:example", "code": str(number)} for number in range(150)]
    concept = drop_product({"coding": codings})
    put_product(concept, "3400930000007", {})
    assert concept["coding"][:-1] == codings
