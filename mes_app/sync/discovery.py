"""Find out what answers at an address a person typed: our kind of sign-in, that of SMART, none, or no FHIR server."""

from typing import Any

import httpx

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.sync.addresses import parse_server, resolve
from mes_app.sync.api import FhirApi
from mes_app.sync.authorities import text_of
from mes_app.sync.capabilities import read_capabilities
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.wires import FAULT_LIMIT, Wire

CLIENT_ID = "mes-carnets"
METADATA = "/.well-known/oauth-authorization-server"
SMART_CONFIGURATION = ".well-known/smart-configuration"
USUAL_PATH = "fhir"


async def discover(text: str, network: Network) -> ServerAccount:
    """The server at the address ``text``, ready for a sign-in or for ``Login.connect_plain``.

    Raises Rejected("server", NOT_A_URL | INSECURE_URL), Offline, Unreadable(NOT_FHIR) when no FHIR server answers,
    NotAllowed(FOREIGN_ADDRESS) when our kind of sign-in is on another origin. The one of SMART may be: its addresses
    are then https like any other.
    """
    base = await _find_fhir_base(parse_server(text), network)
    async with Wire(str(base), network) as wire:
        metadata = await _read_metadata(wire, METADATA)
        if text_of(metadata, "authorization_challenge_endpoint"):
            return _make_challenged(base, metadata)
        smart = await _read_metadata(wire, SMART_CONFIGURATION)
    if _offers_launch(smart):
        return _make_launched(base, smart)
    return ServerAccount(fhir_base=_name(base), sign_in=SignIn.PLAIN)


def _make_challenged(base: httpx.URL, metadata: dict[str, Any]) -> ServerAccount:
    return ServerAccount(
        fhir_base=_name(base),
        sign_in=SignIn.CHALLENGE,
        issuer=_endpoint(base, metadata, "issuer"),
        challenge_endpoint=_endpoint(base, metadata, "authorization_challenge_endpoint"),
        token_endpoint=_endpoint(base, metadata, "token_endpoint"),
        revocation_endpoint=_endpoint(base, metadata, "revocation_endpoint"),
        client_id=CLIENT_ID,
    )


def _offers_launch(smart: dict[str, Any]) -> bool:
    """Whether an app may start in the browser by itself, with PKCE (SMART App Launch 2.2, control A4)."""
    stated = smart.get("capabilities")
    methods = smart.get("code_challenge_methods_supported", ["S256"])
    alone = not isinstance(stated, list) or "launch-standalone" in stated
    return alone and isinstance(methods, list) and "S256" in methods and bool(text_of(smart, "authorization_endpoint"))


def _make_launched(base: httpx.URL, smart: dict[str, Any]) -> ServerAccount:
    return ServerAccount(
        fhir_base=_name(base),
        sign_in=SignIn.SMART,
        issuer=text_of(smart, "issuer"),
        authorization_endpoint=_elsewhere(smart, "authorization_endpoint"),
        token_endpoint=_elsewhere(smart, "token_endpoint"),
        revocation_endpoint=_elsewhere(smart, "revocation_endpoint") if smart.get("revocation_endpoint") else "",
        client_id=CLIENT_ID,
        names_issuer=smart.get("authorization_response_iss_parameter_supported") is True,
    )


def _elsewhere(smart: dict[str, Any], name: str) -> str:
    """An address on any origin. Raises Rejected("server", NOT_A_URL | INSECURE_URL)."""
    stated = text_of(smart, name)
    parse_server(stated)
    return stated


def _name(base: httpx.URL) -> str:
    return str(base).rstrip("/")


async def _find_fhir_base(typed: httpx.URL, network: Network) -> httpx.URL:
    """The address itself, or, of a bare host, its usual path."""
    if typed.path == "/":
        try:
            return await _check_fhir_base(typed.join(f"{USUAL_PATH}/"), network)
        except (Rejected, Unreadable, NotAllowed):
            pass
    return await _check_fhir_base(typed, network)


async def _check_fhir_base(base: httpx.URL, network: Network) -> httpx.URL:
    async with FhirApi(str(base), Fixed(), network) as api:
        try:
            await read_capabilities(api)
        except Rejected:
            raise Unreadable(Reason.NOT_FHIR) from None
    return base


async def _read_metadata(wire: Wire, address: str) -> dict[str, Any]:
    """What the server says of its sign-in there; empty where it has nothing, whatever it says instead."""
    answer = await wire.send("GET", address, headers={"Accept": "application/json"}, limit=FAULT_LIMIT)
    try:
        return read_body(answer.check().body)
    except (Rejected, NotAllowed, Unreadable):
        return {}


def _endpoint(base: httpx.URL, metadata: dict[str, Any], name: str) -> str:
    stated = text_of(metadata, name)
    return str(resolve(base, stated)) if stated else ""
