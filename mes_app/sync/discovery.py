"""Find out what answers at an address a person typed: our kind of sign-in, a plain FHIR server, or neither."""

from typing import Any

import httpx

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.sync.addresses import parse_server, resolve
from mes_app.sync.api import FhirApi
from mes_app.sync.authorities import text_of
from mes_app.sync.capabilities import read_types
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.wires import FAULT_LIMIT, Wire

CLIENT_ID = "mes-carnets"
METADATA = "/.well-known/oauth-authorization-server"
USUAL_PATH = "fhir"


async def discover(text: str, network: Network) -> ServerAccount:
    """The server at the address ``text``, ready for a sign-in or for ``Login.connect_plain``.

    Raises Rejected("server", NOT_A_URL | INSECURE_URL), Offline, Unreadable(NOT_FHIR) when no FHIR server answers,
    NotAllowed(FOREIGN_ADDRESS) when its sign-in is on another origin.
    """
    typed = parse_server(text)
    base = await _find_fhir_base(typed, network)
    fhir_base = str(base).rstrip("/")
    async with Wire(fhir_base, network) as wire:
        metadata = await _read_metadata(wire)
    if not text_of(metadata, "authorization_challenge_endpoint"):
        return ServerAccount(fhir_base=fhir_base, sign_in=SignIn.PLAIN)
    return ServerAccount(
        fhir_base=fhir_base,
        sign_in=SignIn.CHALLENGE,
        issuer=_endpoint(base, metadata, "issuer"),
        challenge_endpoint=_endpoint(base, metadata, "authorization_challenge_endpoint"),
        token_endpoint=_endpoint(base, metadata, "token_endpoint"),
        revocation_endpoint=_endpoint(base, metadata, "revocation_endpoint"),
        client_id=CLIENT_ID,
    )


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
            await read_types(api)
        except Rejected:
            raise Unreadable(Reason.NOT_FHIR) from None
    return base


async def _read_metadata(wire: Wire) -> dict[str, Any]:
    """RFC 8414 metadata; empty where the server has none, whatever it says instead."""
    answer = await wire.send("GET", METADATA, headers={"Accept": "application/json"}, limit=FAULT_LIMIT)
    try:
        return read_body(answer.check().body)
    except (Rejected, NotAllowed, Unreadable):
        return {}


def _endpoint(base: httpx.URL, metadata: dict[str, Any], name: str) -> str:
    stated = text_of(metadata, name)
    return str(resolve(base, stated)) if stated else ""
