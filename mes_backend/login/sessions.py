"""Sessions: one enrolled device each, with a short access token and a refresh token that changes at every use.

The former refresh token stays good until the new access token is first seen: a lost answer must not end a session.
Afterwards, its return means that someone copied it, and the session ends.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from mes_backend.login.accounts import find_account
from mes_backend.login.challenges import Challenge, Demand, remove_challenge
from mes_backend.login.desk import Desk
from mes_backend.login.limits import ACCOUNT
from mes_backend.login.tables import challenges, grants, sessions, tries
from mes_backend.login.tokens import digest, make_token


@dataclass(frozen=True)
class Issue:
    """What one token answer hands out: to whom, and the three secrets (no new ``auth_session`` at a refresh)."""

    person_id: str
    access: str
    refresh: str
    auth_session: str | None = None


def add_grant(con: Connection, desk: Desk, challenge: Challenge, code_challenge: str) -> str:
    """Turn an answered challenge into an authorization code for the token endpoint."""
    code = make_token()
    remove_challenge(con, challenge)
    con.execute(
        insert(grants).values(
            code=digest(code),
            user=challenge.account.user,
            key=challenge.demand.key,
            code_challenge=code_challenge,
            replaces=challenge.demand.replaces,
            expires_at=desk.clock() + desk.settings.code_seconds,
        )
    )
    return code


def redeem_code(con: Connection, desk: Desk, code: str, verifier: str, key: str) -> Issue | None:
    """Open a session for an authorization code, once. A code that comes back ends the session it opened."""
    mine = (grants.c.code == digest(code)) & (grants.c.key == key)
    grant = con.execute(delete(grants).where(mine).returning(grants)).one_or_none()
    if grant is None:
        con.execute(delete(sessions).where(sessions.c.code == digest(code)))
        return None
    if grant.expires_at <= desk.clock() or grant.code_challenge != digest(verifier):
        return None
    con.execute(delete(sessions).where(sessions.c.id == grant.replaces))
    return _open_session(con, desk, grant)


def renew_session(con: Connection, desk: Desk, refresh: str, key: str) -> Issue | Demand | None:
    """Rotate the tokens of the session that ``refresh`` belongs to; when its time is up, the demand for a code."""
    known = (sessions.c.refresh == digest(refresh)) | (sessions.c.previous_refresh == digest(refresh))
    session = con.execute(select(sessions).where(known, sessions.c.key == key)).one_or_none()
    account = find_account(con, session.user) if session else None
    if session is None or account is None:
        return None
    if session.access_used and session.refresh != digest(refresh):
        con.execute(delete(sessions).where(sessions.c.id == session.id))
        return None
    if session.renew_by <= desk.clock():
        return Demand(account, key, replaces=session.id)
    issue = Issue(account.person_id, make_token(), make_token())
    changes = {**_token_columns(desk, issue), "previous_refresh": digest(refresh)}
    con.execute(update(sessions).where(sessions.c.id == session.id).values(changes))
    return issue


def find_former_session(con: Connection, auth_session: str, key: str, user: str) -> str | None:
    """The id of the session that a new sign-in from the same device and person replaces."""
    known = (sessions.c.auth_session == digest(auth_session)) & (sessions.c.key == key) & (sessions.c.user == user)
    return con.execute(select(sessions.c.id).where(known)).scalar_one_or_none()


def end_session(con: Connection, token: str, key: str) -> None:
    """End the session of ``key`` that any of its tokens names, if there is one."""
    named = [column == digest(token) for column in (sessions.c.refresh, sessions.c.previous_refresh, sessions.c.access)]
    con.execute(delete(sessions).where(or_(*named), sessions.c.key == key))


def forget_expired(con: Connection, desk: Desk) -> None:
    """Delete expired challenges and grants, forgotten tries, and sessions left unrenewed for as long as they lived."""
    con.execute(delete(challenges).where(challenges.c.expires_at <= desk.clock()))
    con.execute(delete(grants).where(grants.c.expires_at <= desk.clock()))
    con.execute(delete(tries).where(tries.c.last_at < desk.clock() - ACCOUNT.quiet))
    con.execute(delete(sessions).where(sessions.c.renew_by < desk.clock() - desk.settings.session_seconds))


def _open_session(con: Connection, desk: Desk, grant: Row[tuple[object, ...]]) -> Issue | None:
    account = find_account(con, grant.user)
    if account is None:
        return None
    issue = Issue(account.person_id, make_token(), make_token(), make_token())
    con.execute(
        insert(sessions).values(
            id=make_token(),
            user=account.user,
            key=grant.key,
            code=grant.code,
            auth_session=digest(issue.auth_session or ""),
            renew_by=desk.clock() + desk.settings.session_seconds,
            **_token_columns(desk, issue),
        )
    )
    return issue


def _token_columns(desk: Desk, issue: Issue) -> dict[str, object]:
    return {
        "access": digest(issue.access),
        "access_expires_at": desk.clock() + desk.settings.access_seconds,
        "access_used": False,
        "refresh": digest(issue.refresh),
    }
