"""One request to a login endpoint, read and checked: what an endpoint may rely on before it decides anything.

Forms are read strictly: each parameter once, nothing large, and every value of the wanted shape.
"""

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from mes_backend.login.desk import Desk
from mes_backend.login.errors import OAuthError

CLIENT_ID = "mes-carnets"
LENGTH_LIMIT = 16_000
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")

Form = dict[str, str]


@dataclass(frozen=True)
class Call:
    """A form from our client, the thumbprint of the key that proved it, and the network address it came from."""

    desk: Desk
    form: Form
    key: str
    address: str


async def read_call(request: Request) -> Call:
    """The call of a login endpoint. Raises OAuthError("invalid_request" | "invalid_dpop_proof" | "use_dpop_nonce")."""
    desk: Desk = request.app.state.desk
    form = await read_form(request)
    key = desk.proofs.check(request)
    return Call(desk, form, key, request.client.host if request.client else "")


async def read_client_call(request: Request) -> Call:
    """A call that names our client. Raises OAuthError("invalid_client") besides those of ``read_call``."""
    call = await read_call(request)
    expect(call.form, "client_id", CLIENT_ID, "invalid_client")
    return call


async def read_form(request: Request) -> Form:
    """The parameters of an urlencoded body. Raises OAuthError("invalid_request")."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LENGTH_LIMIT:
            raise OAuthError("invalid_request", 413)
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise OAuthError("invalid_request")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=40)
    except ValueError as error:
        raise OAuthError("invalid_request") from error
    if len(form := dict(pairs)) < len(pairs):
        raise OAuthError("invalid_request")
    return form


def require(form: Form, name: str, pattern: re.Pattern[str] | None = None) -> str:
    """The value of ``name``, all of it matching ``pattern``. Raises OAuthError("invalid_request")."""
    value = form.get(name, "")
    if not value or (pattern and not pattern.fullmatch(value)):
        raise OAuthError("invalid_request")
    return value


def expect(form: Form, name: str, value: str, error: str = "invalid_request") -> None:
    """Raises OAuthError(``error``) unless ``name`` is ``value``."""
    if form.get(name) != value:
        raise OAuthError(error)


def read_code_challenge(form: Form) -> str:
    """The S256 code challenge of PKCE; ``plain`` is refused. Raises OAuthError("invalid_request")."""
    expect(form, "code_challenge_method", "S256")
    return require(form, "code_challenge", CHALLENGE)


AnyCall = Annotated[Call, Depends(read_call)]
ClientCall = Annotated[Call, Depends(read_client_call)]
