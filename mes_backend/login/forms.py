"""Reads the form of a login request strictly: each parameter once, nothing large, and the value that is wanted."""

import re
from urllib.parse import parse_qsl

from fastapi import Request

from mes_backend.login.errors import OAuthError

LENGTH_LIMIT = 16_000
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")

Form = dict[str, str]


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
