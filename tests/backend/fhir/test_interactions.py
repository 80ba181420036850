import httpx
import pytest

from mes_backend.fhir.calls import Call
from mes_backend.fhir.interactions import name_interaction
from mes_backend.fhir.outcomes import FhirError
from tests.backend.fhir.scene import observation


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "Patient", "search-type"),
        ("POST", "Patient", "create"),
        ("GET", "Patient/1", "read"),
        ("PUT", "Patient/1", "update"),
        ("DELETE", "Patient/1", "delete"),
        ("GET", "Patient/_history", "history-type"),
        ("GET", "Patient/1/_history", "history-instance"),
        ("GET", "Patient/1/_history/2", "vread"),
    ],
)
def test_a_method_and_a_path_name_an_interaction(method: str, path: str, name: str) -> None:
    assert name_interaction(Call(method, tuple(path.split("/")))) == name


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", ("Nothing",), 404),
        ("PATCH", ("Patient", "1"), 405),
        ("PUT", ("Patient",), 405),
        ("POST", ("Patient", "_search"), 405),
        ("GET", (), 405),
        ("GET", ("Patient", "1", "2", "3", "4"), 405),
        ("HEAD", ("Patient", "1"), 405),
    ],
)
def test_other_requests_have_no_interaction(method: str, path: tuple[str, ...], status: int) -> None:
    with pytest.raises(FhirError) as refusal:
        name_interaction(Call(method, path))
    assert refusal.value.status == status


def test_a_reader_who_has_the_version_gets_no_body(camille: httpx.Client) -> None:
    answer = camille.get("/Patient/leo", headers={"If-None-Match": 'W/"1"'})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", 'W/"1"')
    assert camille.get("/Patient/leo", headers={"If-None-Match": 'W/"2"'}).status_code == 200


@pytest.mark.parametrize("number", ["0", "2", "x", "٢", "9" * 40])
def test_a_version_that_never_was_is_not_found(camille: httpx.Client, number: str) -> None:
    assert camille.get(f"/Patient/leo/_history/{number}").status_code == 404


def test_an_old_version_stays_readable_after_deletion(camille: httpx.Client) -> None:
    camille.put("/Observation/o1", json=observation(id="o1"))
    camille.delete("/Observation/o1")
    assert camille.get("/Observation/o1/_history/1").json()["id"] == "o1"
