"""One-time codes: asked after a right password or for an old session, answered within a few tries.

An ``auth_session`` belongs to one DPoP key and is replaced by every try: sent twice, it counts once.
"""

import secrets
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, select, update
from starlette.background import BackgroundTask
from starlette.responses import JSONResponse

from mes_backend.database import reading, writing
from mes_backend.login.accounts import EMAIL, Account, accept_totp, find_account
from mes_backend.login.desk import Desk
from mes_backend.login.errors import OAuthError
from mes_backend.login.limits import MAILBOX, count_try
from mes_backend.login.tables import challenges
from mes_backend.login.tokens import digest, make_token

TRIES = 5


@dataclass(frozen=True)
class Demand:
    """Who wants to sign in, with which DPoP key, for which PKCE challenge, and in place of which session."""

    account: Account
    key: str
    code_challenge: str | None = None
    replaces: str | None = None


@dataclass(frozen=True)
class Challenge:
    """A code that is waited for. ``otp``: its stored form, None when it comes from an authenticator."""

    demand: Demand
    auth_session: str
    otp: str | None
    sent_at: int
    expires_at: int
    tries: int = 0

    @property
    def account(self) -> Account:
        """Whose code it is."""
        return self.demand.account


def ask_code(desk: Desk, demand: Demand, *, status: int = 400, former: Challenge | None = None) -> JSONResponse:
    """Ask for a code, in place of ``former`` if given, and mail it where it goes by mail.

    The answer tells the client what to ask the person for. Raises OAuthError("slow_down" | "invalid_session").
    """
    code = f"{secrets.randbelow(10**6):06d}"
    challenge = Challenge(
        demand,
        make_token(),
        otp=desk.passwords.hash(code) if demand.account.channel == EMAIL else None,
        sent_at=desk.clock(),
        expires_at=desk.clock() + desk.settings.otp_seconds,
        tries=former.tries if former else 0,
    )
    with writing(desk.engine) as con:
        if former:
            remove_challenge(con, former)
        if challenge.otp:
            count_try(con, MAILBOX.on(demand.account.user), desk.clock())
        _insert_challenge(con, challenge)
    return describe_wait(desk, challenge, status).answer(_plan_delivery(desk, challenge, code))


def find_challenge(desk: Desk, auth_session: str, key: str) -> Challenge:
    """The challenge of this session and key. Raises OAuthError("invalid_session") when there is none, or no more."""
    mine = (challenges.c.auth_session == digest(auth_session)) & (challenges.c.key == key)
    with reading(desk.engine) as con:
        row = con.execute(select(challenges).where(mine, challenges.c.expires_at > desk.clock())).one_or_none()
        account = find_account(con, row.user) if row else None
    if row is None or account is None:
        raise OAuthError("invalid_session")
    demand = Demand(account, key, row.code_challenge, row.replaces)
    return Challenge(demand, auth_session, row.otp, row.sent_at, row.expires_at, row.tries)


def resend_code(desk: Desk, challenge: Challenge) -> JSONResponse:
    """Ask again with another code. Raises OAuthError("slow_down" | "invalid_session")."""
    if (wait := _derive_resend_wait(desk, challenge)) > 0:
        raise OAuthError("slow_down", 429, retry_after=wait)
    return ask_code(desk, challenge.demand, former=challenge)


def judge_code(desk: Desk, challenge: Challenge, otp: str) -> Challenge:
    """The challenge under its next session, its code being right. Raises OAuthError("insufficient_authorization") when
    it is wrong and may be tried again, OAuthError("invalid_session") when it may not."""
    with writing(desk.engine) as con:
        challenge = _use_try(con, challenge)
    if _is_right(desk, challenge, "".join(otp.split())):
        return challenge
    if challenge.tries < TRIES:
        raise describe_wait(desk, challenge)
    with writing(desk.engine) as con:
        remove_challenge(con, challenge)
    raise OAuthError("invalid_session")


def remove_challenge(con: Connection, challenge: Challenge) -> None:
    """Take the challenge away, once. Raises OAuthError("invalid_session") when another request did."""
    found = challenges.c.auth_session == digest(challenge.auth_session)
    if con.execute(delete(challenges).where(found)).rowcount != 1:
        raise OAuthError("invalid_session")


def describe_wait(desk: Desk, challenge: Challenge, status: int = 400) -> OAuthError:
    """What the client needs to ask for the code: session, channel, hint, and the seconds left."""
    return OAuthError(
        "insufficient_authorization",
        status,
        auth_session=challenge.auth_session,
        otp_required=True,
        otp_channel=challenge.account.channel,
        otp_hint=challenge.account.hint,
        otp_expires_in=challenge.expires_at - desk.clock(),
        otp_resend_in=max(0, _derive_resend_wait(desk, challenge)),
    )


def _use_try(con: Connection, challenge: Challenge) -> Challenge:
    """Count one try under a new session, before the code is judged; a second request with the old one finds nothing."""
    used = replace(challenge, auth_session=make_token(), tries=challenge.tries + 1)
    found = challenges.c.auth_session == digest(challenge.auth_session)
    values = {"auth_session": digest(used.auth_session), "tries": used.tries}
    if con.execute(update(challenges).where(found).values(values)).rowcount != 1:
        raise OAuthError("invalid_session")
    return used


def _is_right(desk: Desk, challenge: Challenge, code: str) -> bool:
    if challenge.otp:
        return desk.passwords.match(challenge.otp, code)
    with writing(desk.engine) as con:
        return accept_totp(con, challenge.account, code, desk.clock())


def _insert_challenge(con: Connection, challenge: Challenge) -> None:
    con.execute(
        insert(challenges).values(
            auth_session=digest(challenge.auth_session),
            user=challenge.account.user,
            key=challenge.demand.key,
            code_challenge=challenge.demand.code_challenge,
            replaces=challenge.demand.replaces,
            otp=challenge.otp,
            tries=challenge.tries,
            sent_at=challenge.sent_at,
            expires_at=challenge.expires_at,
        )
    )


def _derive_resend_wait(desk: Desk, challenge: Challenge) -> int:
    return challenge.sent_at + desk.settings.resend_seconds - desk.clock()


def _plan_delivery(desk: Desk, challenge: Challenge, code: str) -> BackgroundTask | None:
    """The mail that leaves after the answer, so that its duration tells nothing to whoever waits for the answer."""
    account = challenge.account
    if challenge.otp is None or not account.email:
        return None
    minutes = desk.settings.otp_seconds // 60
    return BackgroundTask(desk.postman.deliver, account.user, account.email, code, minutes)
