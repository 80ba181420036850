"""The right to a profile, as far as the server grants it: doubted, it is hidden; lost, what is of the server goes."""

from mes_app.domain.people import ProfileState
from mes_app.domain.record import Kind
from mes_app.store.database import Connection
from mes_app.store.profiles import purge_profile
from mes_app.store.traces import note_gone


def get_refusal(con: Connection, pid: str) -> str:
    """Since when (ISO, the server's clock) the profile is refused; empty when it is not."""
    found = con.execute("SELECT refused_at FROM profile WHERE pid = ?", (pid,)).fetchone()
    return str(found[0]) if found else ""


def refuse_profile(con: Connection, pid: str, at: str) -> None:
    """Hide a profile, refused by the server since ``at``. Its changes stay listed with all that wait."""
    _set_right(con, pid, ProfileState.HIDDEN, at)


def grant_profile(con: Connection, pid: str) -> None:
    """The server shows the profile: it is no longer hidden."""
    if get_refusal(con, pid):
        _set_right(con, pid, ProfileState.ACTIVE, "")


def revoke_profile(con: Connection, pid: str) -> None:
    """Remove what the server gave of a profile, and the profile with it unless changes of the user still wait in it."""
    edited = "(SELECT lid FROM outbox UNION SELECT lid FROM conflict)"
    con.execute(f"DELETE FROM res WHERE profile = ? AND lid NOT IN {edited}", (pid,))  # noqa: S608 (our own words)
    note_gone(con)
    if con.execute("SELECT 1 FROM res WHERE profile = ?", (pid,)).fetchone():
        for kind in Kind:
            con.touch(pid, kind)
    else:
        purge_profile(con, pid)


def _set_right(con: Connection, pid: str, state: ProfileState, refused_at: str) -> None:
    con.execute("UPDATE profile SET state = ?, refused_at = ? WHERE pid = ?", (state, refused_at, pid))
    con.touch(pid, Kind.PEOPLE)
