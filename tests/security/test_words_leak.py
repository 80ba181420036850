"""What the app says of itself, at its most talkative: no name, no word of a record, no password, code or token.

Every command runs as a process with all loggers at DEBUG. Answers on standard output are what the person asked for.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from mes_backend.demo.family import Family
from tests.journeys.backend import run_backend
from tests.journeys.terminal import Answer, MesApp
from tests.security.canaries import list_ids, list_names, list_words
from tests.security.leaks import find_said, read_strings
from tests.security.phones import PIN, run_phone, sign_in
from tests.security.witnesses import Witness
from tests.sync.serving import Say

pytestmark = pytest.mark.keyring

LOUD = "tests.security.loud"
WRONG = "Mauvais-mot-de-passe-77"
SECRET = f"{PIN}\n"


@pytest.fixture(scope="module")
def said(witness: Witness, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Answer]]:
    folder = tmp_path_factory.mktemp("phone")
    with run_phone(folder) as phone:
        yield tell_story(replace(phone, program=LOUD), witness, folder)


def tell_story(phone: MesApp, witness: Witness, folder: Path) -> dict[str, Answer]:
    user = witness.entries[0].user
    log_in = ("login", "--server", witness.url, "--user", user)
    told = {"wrong password": phone.run(*log_in, secrets=f"{WRONG}\n")}
    told["wrong code"] = phone.run(*log_in, secrets=f"{witness.entries[0].password}\n000000\n{SECRET}")
    witness.letters.get(timeout=30)
    told["login"] = sign_in(phone, witness)
    told["sync"] = phone.run("sync", secrets=SECRET)
    documents = phone.run("list", "documents", "--json", secrets=SECRET)
    told["list"] = phone.run("list", "treatments", "--json", secrets=SECRET)
    told["show"] = phone.run("show", "treatments", told["list"].data[0]["id"], secrets=SECRET)
    get = ("documents", "get", documents.data[0]["id"], "-o", str(folder / "document"))
    told["documents get"] = phone.run(*get, secrets=SECRET)
    told["synthesis"] = phone.run("synthesis", "-o", str(folder / "synthesis.pdf"), secrets=SECRET)
    told["doctor"] = phone.run("doctor")
    witness.instead = make_garbage()
    told["garbage"] = phone.run("sync", secrets=SECRET)
    witness.instead = {"/oauth/token": Say({"error": "invalid_grant", "error_description": "Camille Martin"}, 400)}
    told["session ended"] = phone.run("sync", secrets=SECRET)
    return told


def make_garbage() -> dict[str, Say]:
    """Answers that hold words of the family where none is expected, by path."""
    odd = {"resourceType": "Condition", "id": "Camille Martin", "code": "Lévothyroxine", "recordedDate": ["Jeanne"]}
    outcome = {"resourceType": "OperationOutcome", "issue": [{"diagnostics": "Camille Martin : Lévothyroxine"}]}
    return {
        "/fhir/Procedure": Say("<html>Camille Martin : Lévothyroxine", content_type="text/html"),
        "/fhir/Immunization": Say(outcome, 500),
        "/fhir/Appointment": Say(outcome, 422, {"location": "/Camille-Martin", "retry-after": "Martin"}),
        "/fhir/Condition": Say('{"resourceType":"Bundle","entry":[{"resource":{"text":"Camille Martin'),
        "/fhir/CareTeam": Say({"resourceType": "Bundle", "entry": [{"resource": odd}, {"fullUrl": "Camille Martin"}]}),
    }


@pytest.fixture(scope="module")
def secrets(witness: Witness, family: Family, said: dict[str, Answer]) -> set[str]:
    """All that must not be said. Records are told apart from the words of our own sentences by their length."""
    return (
        list_names(family)
        | list_ids(family)
        | list_words(family, shortest=9)
        | witness.tokens()
        | witness.typed()
        | {WRONG, PIN, "Lévothyroxine"}
    )


COMMANDS = ("wrong password", "wrong code", "login", "sync", "list", "show", "documents get", "synthesis", "doctor",
            "garbage", "session ended")  # fmt: skip
ASKED_FOR = ("sync", "list", "show")
"""Whose standard output tells of the family, because that is what was asked."""
FAIL = ("wrong password", "wrong code", "garbage", "session ended")


@pytest.mark.parametrize("command", COMMANDS)
def test_s12_nothing_is_said_of_the_family_beside_the_answer(
    said: dict[str, Answer], secrets: set[str], command: str
) -> None:
    answer = said[command]
    assert answer.code == (1 if command in FAIL else 0), answer.err
    text = answer.err if command in ASKED_FOR else answer.err + answer.out
    read = read_strings(text.encode())
    assert find_said(secrets, read) == set()


def test_s12_the_answers_that_are_asked_for_would_be_found(said: dict[str, Answer], secrets: set[str]) -> None:
    for command in ASKED_FOR:
        read = read_strings(said[command].out.encode())
        assert find_said(secrets, read)


def test_s12_the_server_says_nothing_on_its_standard_error(
    family: Family, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (camille, *_) = list_ids(family)
    with run_phone(tmp_path) as phone, run_backend() as backend:
        user, password = backend.accounts[0]["user"], backend.accounts[0]["password"]
        log_in = ("login", "--server", backend.url, "--user", user)
        assert phone.run(*log_in, secrets=f"{WRONG}\n").code == 1
        assert phone.run(*log_in, secrets=f"{password}\n000000\n{SECRET}").code == 1
        for path in (f"/fhir/Patient/{camille}", f"/fhir/Observation?patient={camille}&_count=x", "/oauth/token"):
            assert httpx.post(backend.url + path, content=f'{{"resourceType": "{password}').is_error
    assert capfd.readouterr().err == ""
