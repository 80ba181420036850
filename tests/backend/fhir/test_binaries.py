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
    assert (raw.headers["etag"], raw.headers["accept-ranges"]) == ('"1"', "bytes")
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


BYTES = bytes(range(256)) * 100
PLAIN = {"Accept": "text/plain", "Accept-Encoding": "gzip"}


def test_a_download_goes_on_from_where_it_was_and_begins_anew_with_another_version(camille: httpx.Client) -> None:
    path = f"/Binary/{camille.post('/Binary', json=binary(BYTES, securityContext=LEO)).json()['id']}"
    whole = camille.get(path, headers=PLAIN)
    assert whole.content == BYTES
    headers = PLAIN | {"Range": "bytes=20000-", "If-Range": whole.headers["etag"]}
    rest = camille.get(path, headers=headers)
    assert (rest.status_code, rest.headers["content-range"]) == (206, "bytes 20000-25599/25600")
    assert (rest.content, rest.headers["etag"]) == (BYTES[20000:], whole.headers["etag"])
    assert camille.get(path, headers=headers | {"If-Range": 'W/"1"'}).status_code == 200
    camille.put(path, json=binary(b"other", id=path.rpartition("/")[2], securityContext=LEO))
    anew = camille.get(path, headers=headers)
    assert (anew.status_code, anew.content, anew.headers["etag"]) == (200, b"other", '"2"')


def test_a_range_after_the_end_is_told_how_long_the_content_is(camille: httpx.Client) -> None:
    path = f"/Binary/{camille.post('/Binary', json=binary(b'abc', securityContext=LEO)).json()['id']}"
    beyond = camille.get(path, headers=PLAIN | {"Range": "bytes=3-"})
    assert (beyond.status_code, beyond.headers["content-range"], beyond.content) == (416, "bytes */3", b"")


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
