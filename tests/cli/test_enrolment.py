import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from mes_app.bootstrap import make_carnets
from mes_app.cli.arguments import parse_arguments
from mes_app.cli.enrolment import log_in
from mes_app.cli.terminal import Terminal
from mes_app.config import read_config
from mes_app.domain.servers import ServerAccount
from mes_app.errors import MesError, Reason
from mes_app.services.carnets import Carnets
from tests.cli.phone import PASSPHRASE, Phone, plain_server
from tests.cli.smart import browse, smart_server
from tests.sync.serving import closed_address


def test_a_plain_server_needs_no_account(phone: Phone, tmp_path: Path) -> None:
    with plain_server(tmp_path) as base:
        code, out, err = phone.run("connect", "--fhir", base, "--patient", "mother")
    assert code == 0, err
    assert "mes-app sync" in out


def test_an_unknown_patient_is_refused_before_a_vault_is_made(phone: Phone, tmp_path: Path) -> None:
    with plain_server(tmp_path) as base:
        assert phone.run("connect", "--fhir", base, "--patient", "nobody")[0] == 1
    assert not (phone.data / "vault").exists()


def test_a_server_that_is_down_is_said_and_nothing_is_made(phone: Phone) -> None:
    code, _, err = phone.run("login", "--server", closed_address(), "--user", "camille")
    assert code == 1
    assert "serveur" in err
    assert not (phone.data / "vault").exists()


def test_a_short_passphrase_is_refused_with_its_reason(phone: Phone, tmp_path: Path) -> None:
    with plain_server(tmp_path) as base:
        code, _, err = phone.run("connect", "--fhir", base, "--patient", "mother", secret="court")
    assert code == 1
    assert err.strip()
    assert not (phone.data / "vault").exists()


async def sign_in(
    phone: Phone, url: str, *words: str, open_address: Callable[[str], bool] = browse
) -> ServerAccount | None:
    """What the vault knows of its server after a sign-in in a browser."""
    phone.monkeypatch.setenv("MES_PIN", PASSPHRASE)
    arguments = parse_arguments(["login", "--server", url, "--browser", *words])
    carnets = make_carnets(read_config(phone.data), brief=True)
    try:
        await log_in(carnets, arguments, Terminal(open_address=open_address))
        return await read_account(carnets)
    finally:
        await carnets.vault.lock()


async def read_account(carnets: Carnets) -> ServerAccount | None:
    await carnets.vault.lock()
    return await (await carnets.vault.unlock(PASSPHRASE)).syncing.account()


def test_a_browser_that_opens_signs_in(phone: Phone) -> None:
    with smart_server() as url:
        account = asyncio.run(sign_in(phone, url))
    assert account
    assert account.patients == ("p1",)
    assert "mes-app sync" in phone.capsys.readouterr().out


def test_where_no_browser_can_be_started_its_address_is_told_and_may_be_opened_by_hand(phone: Phone) -> None:
    shown: Future[str] = Future()

    def find_none(address: str) -> bool:
        shown.set_result(address)
        return False

    async def by_hand(url: str) -> ServerAccount | None:
        signing = asyncio.create_task(sign_in(phone, url, open_address=find_none))
        either: list[asyncio.Future[Any]] = [signing, asyncio.wrap_future(shown)]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        assert await asyncio.to_thread(browse, shown.result(timeout=0))
        return await signing

    with smart_server() as url:
        assert asyncio.run(by_hand(url))
    told = phone.capsys.readouterr().err.splitlines()
    assert any(line.startswith(f"{url}/authorize?") for line in told)


def test_the_service_may_know_the_app_by_another_name(phone: Phone) -> None:
    with smart_server() as url:
        account = asyncio.run(sign_in(phone, url, "--client-id", "clinic-42"))
    assert account
    assert account.client_id == "clinic-42"


@pytest.mark.parametrize(
    ("patient", "name", "reason"), [("p1", "refused", Reason.FORBIDDEN), ("", "mes-carnets", Reason.MISSING)]
)
def test_a_refusal_in_the_browser_is_said_and_no_vault_is_made(
    phone: Phone, patient: str, name: str, reason: Reason
) -> None:
    with smart_server(patient) as url, pytest.raises(MesError) as refused:
        asyncio.run(sign_in(phone, url, "--client-id", name))
    assert refused.value.reason is reason
    assert not (phone.data / "vault").exists()


def test_a_server_without_such_a_sign_in_is_refused_in_one_line(phone: Phone, tmp_path: Path) -> None:
    with plain_server(tmp_path) as base:
        code, _, err = phone.run("login", "--server", base, "--browser")
    assert (code, err.count("\n")) == (1, 1)


def test_ctrl_c_gives_up_the_wait_for_the_browser(phone: Phone) -> None:
    quiet = {**os.environ, "BROWSER": f"{sys.executable} -c pass %s"}
    with smart_server() as url:
        command = [sys.executable, "-m", "mes_app", "login", "--server", url, "--browser", "--data", str(phone.data)]
        with subprocess.Popen(command, env=quiet, stderr=subprocess.PIPE, text=True) as waiting:
            assert waiting.stderr
            told = [waiting.stderr.readline() for _ in range(3)]
            waiting.send_signal(signal.SIGINT)
            last = waiting.stderr.read()
    assert told[1].startswith(f"{url}/authorize?")
    assert (waiting.returncode, last.count("\n")) == (1, 1)
    assert not (phone.data / "vault").exists()
