from pathlib import Path

from tests.cli.phone import Phone, plain_server
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
