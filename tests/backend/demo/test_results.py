from collections.abc import Callable
from typing import Any

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.people import Member
from mes_backend.demo.results import build_results, list_analytes

Find = Callable[..., list[dict[str, Any]]]


def test_the_tsh_is_followed_over_four_years(find: Find) -> None:
    series = [one for one in find("Observation", "Camille") if one["code"]["text"] == "TSH"]
    values = [one["valueQuantity"]["value"] for one in sorted(series, key=lambda one: str(one["effectiveDateTime"]))]
    assert values == [9.8, 4.6, 2.3, 2.1, 3.4, 1.9, 2.8, 2.4, 4.8]
    assert series[0]["referenceRange"][0]["high"]["value"] == 4.0
    assert series[0]["interpretation"][0]["coding"][0]["code"] == "H"


def test_a_report_names_its_results_and_its_document(members: dict[str, Member], calendar: Calendar) -> None:
    built = list(build_results(members["leo"], calendar))
    (report,) = [one for one in built if one["resourceType"] == "DiagnosticReport"]
    (document,) = [one for one in built if one["resourceType"] == "DocumentReference"]
    assert report["presentedForm"][0]["url"] == document["content"][0]["attachment"]["url"]
    observations = [one["id"] for one in built if one["resourceType"] == "Observation"]
    assert [result["reference"] for result in report["result"]] == [f"Observation/{one}" for one in observations]


def test_every_analyte_has_a_range() -> None:
    assert all(analyte.range_text for analyte in list_analytes().values())
