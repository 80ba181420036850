import json
import os
import subprocess
import sys

from tests.cli.phone import Phone


def examine(phone: Phone, *words: str) -> tuple[int, str]:
    """Exit code and answer of a process of its own: what protects the process is examined too."""
    command = [sys.executable, "-m", "mes_app", "doctor", "--data", str(phone.data), *words]
    ended = subprocess.run(command, env=dict(os.environ), stdout=subprocess.PIPE, text=True, check=False)
    return ended.returncode, ended.stdout


def test_the_doctor_examines_a_new_device(phone: Phone) -> None:
    code, out = examine(phone)
    assert code == 0
    assert "SQLCipher 4" in out
    assert out.count("\n") >= 4


def test_the_doctor_answers_programs_too(phone: Phone) -> None:
    found = {finding["check"]: finding["ok"] for finding in json.loads(examine(phone, "--json")[1])}
    everywhere = {"cipher": True, "vault": True, "keys": True, "logs": True, "leftovers": True, "disk": True}
    assert everywhere.items() <= found.items()
    assert all(found.values())


def test_a_silent_server_makes_the_examination_fail(phone: Phone) -> None:
    phone.monkeypatch.setenv("MES_SERVER", "http://127.0.0.1:9")
    assert examine(phone)[0] == 1


def test_the_doctor_examines_a_vault_without_its_secret(synced: Phone) -> None:
    found = {finding["check"]: finding for finding in json.loads(examine(synced, "--json")[1])}
    assert found["vault"]["state"] == "locked"
    assert found["cost"]["megabytes"] >= 64
    assert all(finding["ok"] for finding in found.values())
