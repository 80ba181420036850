"""Throws away what time has ended, each time a code is asked: no task runs beside the server."""

from sqlalchemy import Connection, delete

from mes_backend.login.desk import Desk
from mes_backend.login.limits import ACCOUNT
from mes_backend.login.tables import challenges, grants, sessions, tries


def forget_expired(con: Connection, desk: Desk) -> None:
    """Delete expired challenges and grants, forgotten tries, and sessions left unrenewed for as long as they lived."""
    con.execute(delete(challenges).where(challenges.c.expires_at <= desk.now))
    con.execute(delete(grants).where(grants.c.expires_at <= desk.now))
    con.execute(delete(tries).where(tries.c.last_at < desk.now - ACCOUNT.quiet))
    con.execute(delete(sessions).where(sessions.c.renew_by < desk.now - desk.settings.session_seconds))
