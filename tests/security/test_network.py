"""Whom the app speaks to, as it ships: the server the person named, proved to be it, and nobody else.

What single parts refuse (foreign links, redirects, bombs, endless pages, proofs) is proved in tests/sync.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import MesError, Offline, Reason
from mes_app.i18n.explanations import explain
from mes_app.services.login import Login
from mes_app.sync.networks import Network
from tests.journeys.terminal import Answer, MesApp
from tests.security.phones import PIN, run_phone, sign_in
from tests.security.witnesses import Witness
from tests.sync.serving import Say, Scripted, make_plain_server, served
from tests.sync.test_wires import make_certificate

GUARDED = "tests.security.guarded"
UNTRUSTED = explain(Offline(Reason.UNTRUSTED))


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[MesApp]:
    with run_phone(tmp_path) as running:
        yield running


def connect(phone: MesApp, url: str, certificates: Path, *, trusted: bool) -> Answer:
    """Name the server at ``url``, whose certificate the device trusts or not."""
    trust = {"SSL_CERT_FILE": str(certificates / "cert.pem")} if trusted else {}
    own = replace(phone, environment={**phone.environment, **trust})
    return own.run("connect", "--fhir", f"{url}/fhir", "--patient", "p1", secrets=f"{PIN}\n")


@pytest.mark.keyring
@pytest.mark.parametrize(
    ("trusted", "fault"),
    [(False, {}), (True, {"host": "other.example"}), (True, {"days": -1})],
    ids=["self-signed", "wrong host", "expired"],
)
def test_n1_a_server_that_does_not_prove_its_name_is_asked_nothing(
    phone: MesApp, tmp_path: Path, trusted: bool, fault: dict[str, Any]
) -> None:
    server = make_plain_server("Observation")
    with served(server, **make_certificate(tmp_path, **fault)) as url:
        answer = connect(phone, url, tmp_path, trusted=trusted)
    assert (answer.code, answer.err) == (1, f"{UNTRUSTED.what} {UNTRUSTED.next}\n")
    assert server.asked == []


@pytest.mark.keyring
def test_n1_a_server_that_proves_its_name_is_spoken_to(phone: MesApp, tmp_path: Path) -> None:
    with served(make_plain_server("Observation"), **make_certificate(tmp_path)) as url:
        assert connect(phone, url, tmp_path, trusted=True).code == 0


def make_old(context: ssl.SSLContext) -> ssl.SSLContext:
    """``context`` made to speak TLS 1.1 and nothing else."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


@pytest.mark.keyring
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1:DeprecationWarning")
def test_n1_a_server_of_before_tls_1_2_is_refused(phone: MesApp, tmp_path: Path) -> None:
    server, certificate = Scripted(), make_certificate(tmp_path)
    of_server, of_client = make_old(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)), make_old(ssl.create_default_context())
    of_server.load_cert_chain(certificate["ssl_certfile"], certificate["ssl_keyfile"])
    of_client.load_verify_locations(certificate["ssl_certfile"])
    with served(server, **certificate, ssl_context_factory=lambda *_: of_server) as url:
        host, port = url.removeprefix("https://").split(":")
        with (
            socket.create_connection((host, int(port))) as raw,
            of_client.wrap_socket(raw, server_hostname=host) as old,
        ):
            assert old.version() == "TLSv1.1"
        assert connect(phone, url, tmp_path, trusted=True).code == 1
    assert server.asked == []


@pytest.mark.parametrize("step", ["password", "code", "token"])
def test_n2_neither_password_nor_code_follows_a_redirect_to_another_server(step: str) -> None:
    elsewhere = Scripted()

    async def enrol(url: str) -> None:
        stated = ServerAccount(
            fhir_base=f"{url}/fhir",
            sign_in=SignIn.CHALLENGE,
            issuer=url,
            challenge_endpoint=f"{url}/challenge",
            token_endpoint=f"{url}/token",
            client_id="mes-carnets",
        )
        login = Login(Network())
        await login.send_password(stated, "camille", "p")
        await login.send_code("123456")

    with served(elsewhere) as foreign:
        away = Say(status=307, headers={"location": f"{foreign}/challenge"})
        waits = Say({"error": "insufficient_authorization", "otp_required": True, "auth_session": "s"}, 400)
        granted = Say({"authorization_code": "c"})
        answers = {"password": [away], "code": [waits, away], "token": [waits, granted]}[step]
        with served(Scripted({"/challenge": answers, "/token": away})) as url, pytest.raises(MesError):
            asyncio.run(enrol(url))
    assert elsewhere.asked == []


@pytest.mark.keyring
def test_n5_a_whole_story_contacts_the_server_of_the_person_and_nobody_else(
    phone: MesApp, witness: Witness, tmp_path: Path
) -> None:
    contacts, secret = tmp_path / "contacts", f"{PIN}\n"
    environment = {**phone.environment, "CONTACTS": str(contacts), "MES_SERVER": witness.url}
    own = replace(phone, program=GUARDED, environment=environment)
    assert sign_in(own, witness).code == 0
    assert own.run("sync", secrets=secret).code == 0
    assert own.run("synthesis", "-o", str(tmp_path / "synthesis.pdf"), secrets=secret).code == 0
    assert own.run("doctor").code == 0
    assert set(contacts.read_text("utf-8").splitlines()) == {witness.url.removeprefix("http://")}
