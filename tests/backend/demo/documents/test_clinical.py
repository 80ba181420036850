import base64

import pytest
from defusedxml.ElementTree import fromstring

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.documents.clinical import CDA
from mes_backend.demo.elements import Json
from mes_backend.demo.people import Member
from mes_backend.demo.results import build_results, list_analytes

HL7 = {"h": "urn:hl7-org:v3"}


@pytest.fixture
def documents(members: dict[str, Member], calendar: Calendar) -> list[Json]:
    """The clinical document of the laboratory and its Binary."""
    built = list(build_results(members["camille"], calendar))
    (binary,) = [one for one in built if one.get("contentType") == CDA]
    (document,) = [one for one in built if binary["id"] in str(one.get("content"))]
    return [document, binary]


def test_the_report_holds_numbers_with_codes_and_units_and_answers_in_words(documents: list[Json]) -> None:
    root = fromstring(base64.b64decode(documents[1]["data"]))
    values = root.findall(".//h:observation/h:value", HL7)
    assert [one.text for one in values if one.text] == ["Négatif", "Présence", "1/160", "< 0,5 UI/mL"]
    measured = {one.get("unit") for one in values if one.get("value")}
    assert measured <= {analyte.ucum for analyte in list_analytes().values()}
    codes = {one.get("code") for one in root.findall(".//h:observation/h:code", HL7)}
    assert list_analytes()["tsh"].loinc in codes


def test_the_report_is_known_by_the_same_number_as_its_reference(documents: list[Json]) -> None:
    root = fromstring(base64.b64decode(documents[1]["data"]))
    unique = root.find("h:id", HL7)
    assert unique is not None
    assert documents[0]["masterIdentifier"]["value"] == f"urn:uuid:{unique.get('root')}"
