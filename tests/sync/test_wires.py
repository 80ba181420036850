import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mes_app.errors import MesError, Offline, Reason, Unreadable
from mes_app.sync.networks import Network, read_authorities
from mes_app.sync.wires import Answer, Wire
from tests.sync.serving import Say, Scripted, served


def send(base: str, *, limit: int = 1000, network: Network | None = None) -> Answer:
    async def ask() -> Answer:
        async with Wire(base, network or Network()) as wire:
            return await wire.send("GET", "x", limit=limit)

    return asyncio.run(ask())


def make_certificate(folder: Path, *, host: str = "127.0.0.1", days: int = 1) -> dict[str, str]:
    """The options that make a server show a certificate of its own making, good for ``days`` from yesterday."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    start = datetime.now(UTC) - timedelta(days=2)
    alternative = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(datetime.now(UTC) + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return {"ssl_keyfile": str(folder / "key.pem"), "ssl_certfile": str(folder / "cert.pem")}


def trusting(folder: Path) -> Network:
    """A network that has the certificate of ``folder`` among its authorities: what is wrong is then something else."""
    context = ssl.create_default_context(cafile=folder / "cert.pem")
    return Network(lambda: httpx.AsyncHTTPTransport(verify=context))


def test_every_status_comes_back_with_its_body() -> None:
    with served(Scripted({"/x": Say(b"no", 418, {"retry-after": "5"})})) as url:
        answer = send(url)
    assert (answer.status, answer.body, answer.after) == (418, b"no", 5)


def test_n4_a_body_over_its_limit_is_refused_but_that_of_a_refusal_only_ignored() -> None:
    with served(Scripted({"/x": Say(b"x" * 1001)})) as url, pytest.raises(Unreadable) as caught:
        send(url)
    assert caught.value.reason is Reason.TOO_LARGE
    with served(Scripted({"/x": Say(b"x" * 100_000, 500)})) as url:
        assert send(url).body == b""


def test_a_server_with_a_certificate_that_the_device_trusts_is_spoken_to(tmp_path: Path) -> None:
    with served(Scripted({"/x": Say(b"x")}), **make_certificate(tmp_path)) as url:
        assert send(url, network=trusting(tmp_path)).body == b"x"


def test_n1_a_certificate_of_an_unknown_authority_is_refused(tmp_path: Path) -> None:
    server = Scripted()
    with served(server, **make_certificate(tmp_path)) as url, pytest.raises(Offline) as caught:
        send(url)
    assert caught.value.reason is Reason.UNTRUSTED
    assert server.asked == []


@pytest.mark.parametrize("fault", [{"host": "other.example"}, {"days": -1}], ids=["wrong host", "expired"])
def test_n1_a_certificate_of_another_host_or_time_is_refused(tmp_path: Path, fault: dict[str, object]) -> None:
    options = make_certificate(tmp_path, **fault)  # type: ignore[arg-type]
    with served(Scripted(), **options) as url, pytest.raises(Offline) as caught:
        send(url, network=trusting(tmp_path))
    assert caught.value.reason is Reason.UNTRUSTED


def test_n1_tls_before_1_2_is_never_offered_and_no_check_is_left_out() -> None:
    context = read_authorities()
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_p1_what_a_server_says_of_a_refused_change_is_told_and_in_no_exception_text() -> None:
    outcome = b'{"resourceType": "OperationOutcome", "issue": [{"diagnostics": "canary"}]}'
    answer = Answer(422, httpx.Headers(), outcome)
    with pytest.raises(MesError) as caught:
        answer.check(change=True)
    assert caught.value.told == "canary"
    assert "canary" not in f"{caught.value} {caught.value!r} {caught.value.facts}"
    with pytest.raises(MesError) as read:
        answer.check()
    assert read.value.told == ""
