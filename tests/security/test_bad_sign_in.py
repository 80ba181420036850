"""Everything that may go wrong while signing in, as a person meets it in the terminal: a sentence and a next step."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from mes_app.errors import Busy, Offline, Reason, Rejected
from mes_app.i18n.explanations import explain
from mes_backend.seeding import Entry
from tests.cli.phone import Phone
from tests.security.bad_inputs import ANSWERS, Keyboard, is_said
from tests.sync.backends import Backend, run_backend
from tests.sync.serving import Say, Scripted, closed_address, make_plain_server, served

ALEX_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
CAMILLE, ALEX = 0, 1


@pytest.fixture
def backend(seeded: tuple[Path, list[Entry]], tmp_path: Path) -> Iterator[Backend]:
    with run_backend(*seeded, tmp_path) as running:
        yield running


def log_in(phone: Phone, url: str, user: str, password: str, code: Callable[[], str]) -> tuple[int, str, str]:
    """What a sign-in says; where a code was sent to is told before and left out."""
    phone.monkeypatch.setattr("sys.stdin", Keyboard(lambda: password, code))
    exit_code, out, err = phone.run("login", "--server", url, "--user", user)
    return exit_code, out, "".join(err.splitlines(keepends=True)[-1:])


def log_in_to(phone: Phone, backend: Backend, rank: int, code: Callable[[], str]) -> tuple[int, str, str]:
    entry = backend.entries[rank]
    return log_in(phone, backend.url, entry.user, entry.password, code)


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
