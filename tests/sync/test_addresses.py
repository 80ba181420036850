import httpx
import pytest

from mes_app.errors import MesError, NotAllowed, Reason
from mes_app.sync.addresses import parse_server, resolve

BASE = httpx.URL("https://sante.example/fhir/")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://sante.example/fhir", "https://sante.example/fhir/"),
        (" sante.example ", "https://sante.example"),
        ("http://127.0.0.1:8080/fhir/", "http://127.0.0.1:8080/fhir/"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_is_completed(typed: str, address: str) -> None:
    assert parse_server(typed) == httpx.URL(address)
    assert parse_server(typed).path.endswith("/")


@pytest.mark.parametrize(
    "typed", ["", "https://", "ftp://sante.example", "https://a:b@sante.example", "https://x y", "?"]
)
def test_what_is_not_an_address_is_refused(typed: str) -> None:
    with pytest.raises(MesError) as caught:
        parse_server(typed)
    assert caught.value.reason is Reason.NOT_A_URL


@pytest.mark.parametrize("typed", ["http://sante.example", "http://10.0.0.1", "http://localhost.example"])
def test_n2_plain_http_is_refused_except_on_this_machine(typed: str) -> None:
    with pytest.raises(MesError) as caught:
        parse_server(typed)
    assert caught.value.reason is Reason.INSECURE_URL


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("Patient/1", "https://sante.example/fhir/Patient/1"),
        ("https://sante.example/fhir?page=2", "https://sante.example/fhir?page=2"),
        ("https://SANTE.example:443/other", "https://sante.example/other"),
        ("/fhir/Binary/1", "https://sante.example/fhir/Binary/1"),
    ],
)
def test_a_link_of_the_server_is_followed(reference: str, address: str) -> None:
    assert str(resolve(BASE, reference)) == address


@pytest.mark.parametrize(
    "reference",
    [
        httpx.URL("https://evil.example/fhir"),
        httpx.URL("Patient/1"),
        "https://evil.example/fhir",
        "http://sante.example/fhir",
        "https://sante.example:8443/fhir",
        "//evil.example/x",
        "https://sante.example@evil.example/x",
        "https://user:word@sante.example/x",
        "file:///etc/passwd",
        "data:text/plain,x",
        "https://sante.example.evil.example/",
        "https://[",
    ],
)
def test_n3_an_address_elsewhere_is_refused(reference: str | httpx.URL) -> None:
    with pytest.raises(NotAllowed) as caught:
        resolve(BASE, reference)
    assert caught.value.reason is Reason.FOREIGN_ADDRESS
