"""Everything that a server may do wrong after the sign-in, as a person meets it in the terminal: nothing is harmed.

How each part judges these cases is proved beside it (tests/sync, tests/services, tests/store); here the words are.
"""

from typing import Any

import pytest

from mes_app.errors import MesError, Offline, Reason, Rejected, Unreadable
from mes_app.i18n import t
from tests.cli.phone import Phone
from tests.security.bad_inputs import ANSWERS, GONE, HTML, is_said
from tests.security.homes import Home, get, make_binary, make_document
from tests.services.family import image
from tests.sync.serving import Say, make_bundle, make_record


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_server_that_fails_while_syncing(synced: Phone, home: Home, answer: str) -> None:
    home.server.paths["/fhir/Observation"], error = ANSWERS[answer]
    assert is_said(synced.run("sync"), error)


def test_a_server_that_goes_down_between_the_records_and_the_contents(synced: Phone, home: Home) -> None:
    more = make_document("more", url="Binary/more", contentType="text/plain")
    home.server.paths |= {"/fhir/DocumentReference": Say(make_bundle(more, total=1)), "/fhir/Binary/more": GONE}
    assert is_said(synced.run("sync"), Offline(Reason.INTERRUPTED))
    assert is_said(get(synced, "more"), Offline(Reason.INTERRUPTED))
    home.server.paths["/fhir/Binary/more"] = make_binary(b"Suite")
    assert get(synced, "more")[0] == 0


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/fhir/Observation", Say(make_bundle({"resourceType": "Martian", "id": "m"}, total=1))),
        ("/fhir/Patient/p1", HTML),
    ],
    ids=["unknown type", "unreadable person"],
)
def test_what_cannot_be_read_is_left_out_and_counted(synced: Phone, home: Home, path: str, answer: Say) -> None:
    home.server.paths[path] = answer
    code, out, err = synced.run("sync")
    assert (code, err) == (0, t("cli.left_out", count=1) + "\n")
    assert "Camille Martin" in out


def test_an_unknown_code_is_shown_by_its_own_words(synced: Phone, home: Home) -> None:
    odd = make_record("odd", code={"coding": [{"system": "urn:oid:9.9", "code": "zz", "display": "Bidule"}]})
    home.server.paths["/fhir/Observation"] = Say(make_bundle(odd, total=1))
    assert synced.run("sync")[0] == 0
    assert "Bidule" in [row["title"] for kind in ("measures", "results") for row in synced.ask("list", kind)]


@pytest.mark.parametrize(
    ("title", "attachment", "error"),
    [
        ("empty", {}, Unreadable(Reason.NO_CONTENT)),
        ("huge", {"url": "Binary/huge", "size": 50_000_000}, Unreadable(Reason.TOO_LARGE)),
        ("missing", {"url": "Binary/missing"}, Rejected("id", Reason.UNKNOWN_RECORD)),
    ],
)
def test_a_document_whose_content_cannot_be_had(
    synced: Phone, home: Home, title: str, attachment: dict[str, Any], error: MesError
) -> None:
    home.server.paths["/fhir/DocumentReference"] = Say(make_bundle(make_document(title, **attachment), total=1))
    assert synced.run("sync")[0] == 0
    assert is_said(get(synced, title), error)
    assert not (home.folder / title).exists()


def test_a_document_of_a_wrong_declared_type_is_given_as_what_it_is(synced: Phone, home: Home) -> None:
    picture = image("JPEG")
    odd = make_document("odd", url="Binary/odd", contentType="application/pdf")
    home.server.paths |= {
        "/fhir/DocumentReference": Say(make_bundle(odd, total=1)),
        "/fhir/Binary/odd": make_binary(picture),
    }
    assert synced.run("sync")[0] == 0
    assert get(synced, "odd")[0] == 0
    assert (home.folder / "odd").read_bytes() == picture
