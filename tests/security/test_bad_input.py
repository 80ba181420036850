"""Everything that may come in wrong, as a person meets it in the terminal: a sentence, a next step, nothing harmed.

How each part judges these cases is proved beside it (tests/sync, tests/services, tests/store); here the words are.
"""

import base64
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
import pytest

from mes_app.errors import Busy, Locked, MesError, Offline, Reason, Rejected, Unreadable
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_backend.seeding import Entry
from tests.cli.phone import PASSPHRASE, Phone, make_phone
from tests.services.family import image
from tests.sync.backends import Backend, run_backend
from tests.sync.serving import Say, Scripted, closed_address, make_bundle, make_plain_server, make_record, served

ALEX_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
CAMILLE, ALEX = 0, 1
GONE = Say(b"{", promised=99)
"""The server goes down while it answers."""
HTML = Say("<html><body>Bienvenue</body></html>", content_type="text/html")


class Keyboard:
    """A standard input where each line is made when it is asked for."""

    def __init__(self, *lines: Callable[[], str]) -> None:
        self._lines = iter(lines)

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return f"{next(self._lines)()}\n"


@pytest.fixture
def phone(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Phone:
    return make_phone(tmp_path, capsys, monkeypatch)


@pytest.fixture
def backend(seeded: tuple[Path, list[Entry]], tmp_path: Path) -> Iterator[Backend]:
    with run_backend(*seeded, tmp_path) as running:
        yield running


def is_said(answer: tuple[int, str, str], error: MesError) -> bool:
    """Whether a command ended as ``error`` ends one: exit code 1, no answer, one line of what and what next."""
    words = explain(error)
    assert words.what
    assert words.next
    return answer == (1, "", f"{words.what} {words.next}\n")


def log_in(phone: Phone, url: str, user: str, password: str, code: Callable[[], str]) -> tuple[int, str, str]:
    """What a sign-in says; where a code was sent to is told before and left out."""
    phone.monkeypatch.setattr("sys.stdin", Keyboard(lambda: password, code))
    exit_code, out, err = phone.run("login", "--server", url, "--user", user)
    return exit_code, out, "".join(err.splitlines(keepends=True)[-1:])


def log_in_to(phone: Phone, backend: Backend, rank: int, code: Callable[[], str]) -> tuple[int, str, str]:
    entry = backend.entries[rank]
    return log_in(phone, backend.url, entry.user, entry.password, code)


# Signing in


def test_a_wrong_password(phone: Phone, backend: Backend) -> None:
    said = log_in(phone, backend.url, "camille.martin", "wrong", lambda: "")
    assert is_said(said, Rejected("password", Reason.WRONG_CREDENTIALS))


def test_a_wrong_code_then_six(phone: Phone, backend: Backend) -> None:
    said = [log_in_to(phone, backend, CAMILLE, lambda: "000000") for _ in range(6)]
    assert is_said(said[0], Rejected("code", Reason.WRONG_CODE))
    assert said[-1][0] == 1
    assert explain(Busy(Reason.TOO_MANY_TRIES, after=30)).what in said[-1][2]
    assert not (phone.data / "vault").exists()


def test_a_code_that_came_too_late(phone: Phone, backend: Backend) -> None:
    def wait_and_read() -> str:
        backend.ahead += 300
        return backend.letters[-1].code

    said = log_in_to(phone, backend, CAMILLE, wait_and_read)
    assert is_said(said, Rejected("code", Reason.EXPIRED_CODE))


def test_a_code_used_twice(phone: Phone, backend: Backend) -> None:
    code = pyotp.TOTP(ALEX_SECRET).now()
    assert log_in_to(phone, backend, ALEX, lambda: code)[0] == 0
    assert is_said(log_in_to(phone, backend, ALEX, lambda: code), Rejected("code", Reason.WRONG_CODE))
    assert phone.run("status")[0] == 0


WAITS = Say({"error": "insufficient_authorization", "otp_required": True, "auth_session": "s"}, 400)
GRANTED = Say({"authorization_code": "c"})
STEPS: dict[str, Callable[[Say], dict[str, Any]]] = {
    "at the password": lambda bad: {"/challenge": bad},
    "at the code": lambda bad: {"/challenge": [WAITS, bad]},
    "at the token": lambda bad: {"/challenge": [WAITS, GRANTED], "/token": bad},
}
ANSWERS = {
    "down": (GONE, Offline(Reason.INTERRUPTED)),
    "html": (HTML, Unreadable(Reason.NOT_FHIR)),
    "500": (Say("<html>", 500), Unreadable(Reason.SERVER_FAULT)),
    "truncated": (Say('{"resourceType":"Capab'), Unreadable(Reason.TRUNCATED)),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("answer", ANSWERS)
def test_a_server_that_fails_while_signing_in(phone: Phone, step: str, answer: str) -> None:
    say, error = ANSWERS[answer]
    server = make_plain_server("Observation")
    with served(server) as url:
        endpoints = {"authorization_challenge_endpoint": f"{url}/challenge", "token_endpoint": f"{url}/token"}
        server.paths["/.well-known/oauth-authorization-server"] = Say({"issuer": url, **endpoints})
        server.paths.update(STEPS[step](say))
        said = log_in(phone, url, "camille", "word", lambda: "123456")
    assert is_said(said, error)
    assert not (phone.data / "vault").exists()


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_server_that_fails_before_the_password(phone: Phone, answer: str) -> None:
    say, error = ANSWERS[answer]
    with served(Scripted({"/fhir/metadata": say, "/metadata": say})) as url:
        assert is_said(log_in(phone, url, "camille", "word", lambda: ""), error)
    assert is_said(log_in(phone, closed_address(), "camille", "word", lambda: ""), Offline(Reason.UNREACHABLE))


# Syncing


LETTER = b"Bonjour"


@dataclass(frozen=True)
class Home:
    """A phone that holds two measures and a letter of ``server``, which tests spoil one after the other."""

    folder: Path
    server: Scripted
    url: str

    def take(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Phone:
        """The phone, in sync with a server that has recovered."""
        self.server.paths |= make_family()
        phone = make_phone(self.folder, capsys, monkeypatch)
        if not (phone.data / "vault").exists():
            assert phone.run("connect", "--fhir", f"{self.url}/fhir", "--patient", "p1")[0] == 0
            assert phone.run("sync")[0] == 0
        return phone


def make_family() -> dict[str, Any]:
    letter = make_document("letter", url="Binary/letter", contentType="text/plain")
    return {
        "/fhir/Patient/p1": make_plain_server().paths["/fhir/Patient/p1"],
        "/fhir/Observation": Say(make_bundle(make_record("a"), make_record("b"), total=2)),
        "/fhir/DocumentReference": Say(make_bundle(letter, total=1)),
        "/fhir/Binary/letter": make_binary(LETTER),
    }


def make_document(rid: str, **attachment: Any) -> dict[str, Any]:
    return {
        "resourceType": "DocumentReference",
        "id": rid,
        "status": "current",
        "description": rid,
        "subject": {"reference": "Patient/p1"},
        "content": [{"attachment": attachment}],
    }


def make_binary(data: bytes) -> Say:
    return Say({"resourceType": "Binary", "id": "b", "data": base64.b64encode(data).decode()})


@contextmanager
def run_home(folder: Path) -> Iterator[Home]:
    server = make_plain_server("Observation", "DocumentReference")
    with served(server) as url:
        yield Home(folder, server, url)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with run_home(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def synced(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Phone]:
    """The phone of ``home``; whatever the test does, what it held is still there in the end."""
    phone = home.take(capsys, monkeypatch)
    yield phone
    assert get(phone, "letter")[0] == 0
    assert (home.folder / "letter").read_bytes() == LETTER
    assert len(phone.ask("list", "measures")) >= 2


def get(phone: Phone, title: str) -> tuple[int, str, str]:
    """The answer to asking for the content of a document, put in a file of the same name."""
    found = next(str(row["id"]) for row in phone.ask("list", "documents") if row["title"] == title)
    return phone.run("documents", "get", found, "-o", str(phone.data.parent / title))


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


# The device


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB, for the folder of the vault."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a small disk; tests/store proves the same by a limit of SQLite")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(small_disk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with run_home(small_disk) as home:
        phone = home.take(capsys, monkeypatch)
        large = make_document("large", url="Binary/large", contentType="text/plain")
        home.server.paths["/fhir/DocumentReference"] = Say(make_bundle(large, total=1))
        home.server.paths["/fhir/Binary/large"] = make_binary(b"x" * 4_000_000)
        assert is_said(phone.run("sync"), Unreadable(Reason.DISK_FULL))
        assert get(phone, "letter")[0] == 0
        home.server.paths["/fhir/Binary/large"] = make_binary(b"x" * 100_000)
        assert phone.run("sync")[0] == 0


@pytest.mark.parametrize(("name", "reason"), [("vault.db", Reason.NOT_A_VAULT), ("keys.json", Reason.DAMAGED)])
def test_a_vault_file_that_is_not_one(synced: Phone, name: str, reason: Reason) -> None:
    file = synced.data / "vault" / name
    good, bad = file.read_bytes(), b"Ceci n'est pas un carnet. " * 200
    file.write_bytes(bad)
    said = synced.run("status")
    left = file.read_bytes()
    file.write_bytes(good)
    assert is_said(said, Unreadable(reason))
    assert left == bad


def test_no_vault(phone: Phone) -> None:
    assert is_said(phone.run("status"), Unreadable(Reason.NOT_A_VAULT))


def test_a_wrong_passphrase(synced: Phone) -> None:
    assert is_said(synced.run("status", secret=f"{PASSPHRASE} ou autre"), Locked(Reason.WRONG_SECRET))
