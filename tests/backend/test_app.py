"""The server as it is put together: login, records behind it, and a letterbox only in the demonstration."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from mes_backend.app import create_app, list_hosts, open_database
from mes_backend.fhir.store import Store
from mes_backend.households import Identity, open_account
from mes_backend.login.accounts import Account, Passwords
from mes_backend.outbox import Letter
from mes_backend.settings import Settings
from tests.backend.login.strict_client import StrictClient
from tests.backend.serving import QUICK_HASHER, served

PASSWORD = "une phrase assez longue"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings("", f"sqlite:///{tmp_path}/server.db")
    store = Store(open_database(settings.database))
    account = Account("camille", "", Passwords(QUICK_HASHER).hash(PASSWORD), "camille@famille.example")
    open_account(store, account, Identity("Camille", "Martin", date(1988, 3, 2)))
    store.engine.dispose()
    return settings


@pytest.fixture
def letters() -> list[Letter]:
    return []


@pytest.fixture
def url(settings: Settings, letters: list[Letter]) -> Iterator[str]:
    with served(
        lambda url: create_app(replace(settings, public_url=url), hasher=QUICK_HASHER, announce=letters.append)
    ) as address:
        yield address


def test_who_signs_in_reads_their_own_record(url: str, letters: list[Letter]) -> None:
    client = StrictClient(url)
    client.send_password("camille", PASSWORD)
    tokens = client.redeem(client.send_code(letters[-1].code).json()["authorization_code"]).json()
    person = client.get(f"/fhir/{tokens['fhirUser']}", tokens["access_token"]).json()
    patient = client.get(f"/fhir/{person['link'][0]['target']['reference']}", tokens["access_token"]).json()
    client.close()
    assert (patient["resourceType"], patient["name"][0]["given"]) == ("Patient", ["Camille"])


def test_a_stranger_is_told_in_fhir_to_sign_in(url: str) -> None:
    answer = httpx.get(f"{url}/fhir/Patient/1")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("DPoP")
    assert answer.headers["DPoP-Nonce"]
    assert answer.json()["resourceType"] == "OperationOutcome"


def test_codes_are_shown_only_in_the_demonstration(url: str) -> None:
    assert httpx.get(f"{url}/demo/outbox").status_code == 404


def test_no_documentation_page_is_generated(url: str) -> None:
    assert [httpx.get(url + path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404] * 3


def test_another_host_name_gets_nothing(url: str) -> None:
    answer = httpx.get(f"{url}/.well-known/oauth-authorization-server", headers={"Host": "evil.example"})
    assert answer.status_code == 400


def test_only_the_public_name_is_answered_to() -> None:
    assert list_hosts("https://carnets.example:8443") == ["carnets.example"]
    assert list_hosts("http://127.0.0.1:8000") == ["127.0.0.1", "localhost"]
