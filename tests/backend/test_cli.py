"""The command line as people and the app meet it: a process, its lines, its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from mes_backend.cli import main
from tests.backend.login.strict_client import StrictClient

PASSWORD = "une phrase assez longue"
CAMILLE = ["--given", "Camille", "--family", "Martin", "--birth-date", "1988-03-02"]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MES_PASSWORD", PASSWORD)
    monkeypatch.setenv("MES_BACKEND_DATABASE", f"sqlite:///{tmp_path}/server.db")
    return os.environ["MES_BACKEND_DATABASE"]


def test_the_demonstration_says_how_to_sign_in_and_leaves_with_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mes_backend", "serve", "--demo"]
    folder = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=folder) as process:
        assert process.stdin
        listening = read_event(process, "listening")
        assert [account["user"] for account in listening["accounts"]] == ["camille.martin", "alex.martin"]
        sign_in(process, listening)
        assert list(tmp_path.iterdir())
        process.stdin.close()
        assert process.wait(timeout=30) == 0
    assert list(tmp_path.iterdir()) == []


def sign_in(process: "subprocess.Popen[str]", listening: dict[str, Any]) -> None:
    client = StrictClient(listening["url"])
    client.send_password("camille.martin", listening["accounts"][0]["password"])
    told = read_event(process, "code")
    assert told["user"] == "camille.martin"
    assert f"{told['code'][:3]} {told['code'][3:]}" in httpx.get(f"{listening['url']}/demo/outbox").text
    tokens = client.redeem(client.send_code(told["code"]).json()["authorization_code"]).json()
    assert client.get(f"/fhir/{tokens['fhirUser']}", tokens["access_token"]).status_code == 200
    client.close()


def read_event(process: "subprocess.Popen[str]", name: str) -> dict[str, Any]:
    assert process.stdout
    event: dict[str, Any] = json.loads(process.stdout.readline())
    assert event["event"] == name
    return event


@pytest.mark.usefixtures("database")
def test_a_family_is_opened_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "camille", *CAMILLE]) == 0
    assert capsys.readouterr().out.startswith("otpauth://totp/Mes%20carnets:camille?secret=")
    assert main(["user", "add", "alex", *CAMILLE, "--email", "alex@famille.example"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["user", "link-child", "camille", "--given", "Léo", "--family", "M", "--birth-date", "2020-01-01"]) == 0
    child = capsys.readouterr().out.strip()
    assert main(["user", "link-child", "alex", "--patient", child]) == 0
    assert main(["user", "password", "alex"]) == 0


@pytest.mark.usefixtures("database")
def test_a_refusal_is_one_french_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (
        ["user", "password", "personne"],
        ["user", "link-child", "personne", "--patient", "none"],
        ["user", "add", "camille"],
        ["serve", "--host", "192.0.2.1"],
    ):
        assert main(words) == 1
        assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv("MES_PASSWORD", "court")
    assert main(["user", "add", "camille", *CAMILLE]) == 1
    assert "12 caractères" in capsys.readouterr().err


@pytest.mark.usefixtures("database")
def test_a_load_prints_how_to_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seed", "load", "--patients", "1", "--resources", "3"]) == 0
    user, password = capsys.readouterr().out.split()
    assert user.startswith("essai.")
    assert len(password) >= 16


def test_wrong_use_ends_with_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["serve", "--prot", "1"], ["user", "add"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2
        assert "--help" in capsys.readouterr().err
