"""Who is behind a request for records: the one dependency that other packages take from the login.

It answers who, never what they may read.
"""

from dataclasses import dataclass

from fastapi import HTTPException, Request
from sqlalchemy import Engine, select, update

from mes_backend.database import reading, writing
from mes_backend.login.desk import Desk
from mes_backend.login.errors import OAuthError
from mes_backend.login.proofs import ALGORITHM
from mes_backend.login.tables import accounts, sessions
from mes_backend.login.tokens import digest


@dataclass(frozen=True)
class Access:
    """A signed-in person: the id of their Person resource, their user name, and the session (one per device)."""

    person_id: str
    user: str
    token_id: str


def current_access(request: Request) -> Access:
    """The person who holds this request's access token and its key. Raises HTTPException 401."""
    desk: Desk = request.app.state.desk
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "dpop" or not token:
        raise _unauthorized()
    try:
        key = desk.proofs.check(request, token)
    except OAuthError as refusal:
        raise _unauthorized(refusal.error) from refusal
    if (access := _open_access(desk.engine, token, key, desk.clock())) is None:
        raise _unauthorized("invalid_token")
    return access


def _open_access(engine: Engine, token: str, key: str, now: int) -> Access | None:
    """The access that ``token`` opens; at its first use the former refresh token stops being good."""
    bound = (sessions.c.access == digest(token)) & (sessions.c.key == key) & (sessions.c.access_expires_at > now)
    columns = (accounts.c.person_id, accounts.c.user, sessions.c.id, sessions.c.access_used)
    with reading(engine) as con:
        row = con.execute(select(*columns).join(accounts).where(bound)).one_or_none()
    if row is None:
        return None
    if not row.access_used:
        with writing(engine) as con:
            con.execute(update(sessions).where(bound).values(access_used=True))
    return Access(row.person_id, row.user, row.id)


def _unauthorized(error: str | None = None) -> HTTPException:
    """RFC 9449 §7.1: no error code for whoever showed no token."""
    stated = f'error="{error}", ' if error else ""
    return HTTPException(401, headers={"WWW-Authenticate": f'DPoP {stated}algs="{ALGORITHM}"'})
