from typing import Any

import httpx
import pytest

from mes_backend.fhir.authorship import REFUSED, is_by_professional
from mes_backend.fhir.store import seed_resources
from tests.backend.fhir.scene import Server, binary, check_fhir, document, list_ids

Json = dict[str, Any]
THEIRS = document("camille", "Binary/b1", id="d1", author=[{"reference": "Practitioner/doctor"}], description="Lettre")
OWN = document("camille", "Binary/b2", id="d2", author=[{"reference": "Patient/camille"}], description="Note")


@pytest.fixture
def scene(server: Server) -> Server:
    contents = [binary(id=name, securityContext={"reference": "Patient/camille"}) for name in ("b1", "b2")]
    seed_resources(server.store, [*contents, THEIRS, OWN])
    return server


def check_refused(answer: httpx.Response) -> None:
    assert answer.status_code == 403
    check_fhir(answer.json())
    assert answer.json()["issue"][0]["diagnostics"] == REFUSED


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Autre"},
        {"author": [{"reference": "Patient/camille"}]},
        {"status": "entered-in-error"},
        {"content": [{"attachment": {"contentType": "text/plain", "url": "Binary/b2"}}]},
        {"meta": {"source": "Patient/camille"}},
        {"description": "Autre", "securityLabel": [{"coding": [{"code": "MASQUE_PS"}]}]},
    ],
)
def test_z1_of_a_professional_s_document_nothing_but_its_visibility_is_changed(scene: Server, change: Json) -> None:
    check_refused(scene.camille.put("/DocumentReference/d1", json=THEIRS | change))
    assert scene.camille.get("/DocumentReference/d1").headers["etag"] == 'W/"1"'
    hidden = scene.camille.get("/DocumentReference/d1").json() | {
        "securityLabel": [{"coding": [{"code": "MASQUE_PS"}]}]
    }
    assert scene.camille.put("/DocumentReference/d1", json=hidden).status_code == 200


def test_z1_a_professional_s_document_is_not_deleted(scene: Server) -> None:
    check_refused(scene.camille.delete("/DocumentReference/d1", headers={"If-Match": 'W/"1"'}))
    check_refused(scene.camille.delete("/Binary/b1"))
    check_refused(scene.camille.put("/Binary/b1", json=binary(b"Faux", id="b1")))
    assert list_ids(scene.camille.get("/DocumentReference?patient=camille&_id=d1")) == ["d1"]
    assert scene.camille.get("/Binary/b1", headers={"Accept": "*/*"}).content == b"Bonjour"


def test_z1_a_document_of_one_s_own_is_changed_and_deleted(scene: Server) -> None:
    assert scene.camille.put("/DocumentReference/d2", json=OWN | {"description": "Autre"}).status_code == 200
    assert scene.camille.put("/Binary/b2", json=binary(b"Corrige", id="b2")).status_code == 200
    assert scene.camille.delete("/DocumentReference/d2").status_code == 204
    assert scene.camille.delete("/Binary/b2").status_code == 204


def test_z1_a_transaction_is_refused_whole(scene: Server) -> None:
    entries = [
        {"request": {"method": "DELETE", "url": url}} for url in ("DocumentReference/d2", "DocumentReference/d1")
    ]
    check_refused(scene.camille.post("", json={"resourceType": "Bundle", "type": "transaction", "entry": entries}))
    assert scene.camille.get("/DocumentReference/d2").status_code == 200


@pytest.mark.parametrize(
    ("authors", "contained", "expected"),
    [
        ([], [], False),
        ([{"display": "Dr Roux"}], [], False),
        ([{"reference": "RelatedPerson/alex-leo"}], [], False),
        ([{"reference": "Patient/camille"}, {"reference": "Organization/hospital"}], [], True),
        ([{"reference": "https://server.example/fhir/PractitionerRole/1/_history/2"}], [], True),
        ([{"reference": "#a"}], [{"resourceType": "Practitioner", "id": "a"}], True),
        ([{"reference": "#a"}], [{"resourceType": "Patient", "id": "a"}], False),
        ([{"type": "Organization", "identifier": {"value": "1"}}], [], True),
    ],
)
def test_an_author_is_told_by_its_reference(authors: list[Json], contained: list[Json], *, expected: bool) -> None:
    assert is_by_professional({"author": authors, "contained": contained}) is expected


@pytest.mark.parametrize("odd", ["Practitioner/1", ["Practitioner/1"], {"reference": 1}, [{"reference": 1}], None])
def test_odd_authors_are_nobody(odd: object) -> None:
    assert not is_by_professional({"author": odd, "contained": odd})


def test_an_odd_meta_is_no_change_of_what_a_professional_wrote(scene: Server) -> None:
    assert scene.camille.put("/DocumentReference/d1", json=THEIRS | {"meta": "x"}).status_code == 200
