"""One request to a login endpoint, read and checked: what an endpoint may rely on before it decides anything."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from mes_backend.login.desk import Desk
from mes_backend.login.forms import Form, expect, read_form

CLIENT_ID = "mes-carnets"


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


AnyCall = Annotated[Call, Depends(read_call)]
ClientCall = Annotated[Call, Depends(read_client_call)]
