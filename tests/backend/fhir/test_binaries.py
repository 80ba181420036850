import httpx
import pytest

from mes_backend.fhir.binaries import wants_resource
from mes_backend.fhir.store import seed_resources
from tests.backend.fhir.scene import Server, binary, check_fhir

LEO = {"reference": "Patient/leo"}
PDF = b"%PDF-1.7 \x00\xff"


@pytest.mark.parametrize(
    ("accept", "resource"),
    [
        ("application/fhir+json", True),
        ("application/json; q=0.9", True),
        ("application/pdf", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_the_reader_says_which_form_is_wanted(accept: str, resource: bool) -> None:
    assert wants_resource(accept) is resource


def test_bytes_go_in_and_come_out_as_they_are(camille: httpx.Client) -> None:
    headers = {"Content-Type": "application/pdf", "X-Security-Context": "Patient/leo"}
    made = camille.post("/Binary", content=PDF, headers=headers)
    assert made.status_code == 201
    check_fhir(made.json())
    raw = camille.get(f"/Binary/{made.json()['id']}", headers={"Accept": "application/pdf"})
    assert (raw.content, raw.headers["content-type"]) == (PDF, "application/pdf")
    assert raw.headers["etag"] == 'W/"1"'
    again = camille.put(f"/Binary/{made.json()['id']}", content=b"other", headers=headers)
    assert again.json()["meta"]["versionId"] == "2"


def test_the_resource_form_keeps_its_base64(camille: httpx.Client) -> None:
    made = camille.post("/Binary", json=binary(securityContext=LEO)).json()
    read = camille.get(f"/Binary/{made['id']}").json()
    assert (read["contentType"], read["data"]) == ("text/plain", "Qm9uam91cg==")


def test_uploaded_bytes_never_run_as_a_page(camille: httpx.Client) -> None:
    page = binary(b"<script>", contentType="text/html", securityContext=LEO)
    made = camille.post("/Binary", json=page).json()
    raw = camille.get(f"/Binary/{made['id']}", headers={"Accept": "*/*"})
    assert raw.headers["content-type"] == "text/html"
    assert raw.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in raw.headers["content-security-policy"]


@pytest.mark.parametrize("data", ["a", 4, "é"])
def test_data_that_is_not_base64_is_told(server: Server, data: object) -> None:
    seed_resources(server.store, [binary(id="odd", securityContext=LEO) | {"data": data}])
    assert server.camille.get("/Binary/odd", headers={"Accept": "*/*"}).status_code == 422
    assert server.camille.get("/Binary/odd").status_code == 200


def test_only_a_binary_is_sent_as_bytes(camille: httpx.Client) -> None:
    answer = camille.post("/Observation", content=b"<x/>", headers={"Content-Type": "application/fhir+xml"})
    assert answer.status_code == 415


def test_l6_a_binary_that_belongs_to_nobody_is_refused(camille: httpx.Client) -> None:
    assert camille.post("/Binary", json=binary()).status_code == 422
    foreign = binary(securityContext={"reference": "Patient/stranger"})
    assert camille.post("/Binary", json=foreign).status_code == 404
