"""Who did what when on this device, written in the transaction of the act itself."""

from dataclasses import dataclass
from datetime import datetime

from mes_app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Act:
    """``at`` is UTC; ``actor`` the pid of who acted; ``act`` a word such as ``edit``; ``record`` the id, if any."""

    at: str
    actor: str
    act: str
    record: str = ""


def add_act(con: Connection, profile: str, act: Act) -> None:
    """Note an act on the record of ``profile``."""
    con.execute(
        "INSERT INTO journal (profile, at, actor, act, lid) VALUES (?, ?, ?, ?, ?)",
        (profile, act.at, act.actor, act.act, act.record),
    )


def note_act(con: Connection, profile: str, word: str, record_id: str, at: datetime) -> None:
    """Note what the holder of the vault, who holds the device, did to a record of ``profile``; ``at`` is UTC."""
    con.execute(
        "INSERT INTO journal (profile, at, actor, act, lid)"
        " SELECT ?, ?, coalesce(max(pid), ''), ?, ? FROM profile WHERE holder",
        (profile, f"{at.isoformat()[:19]}Z", word, record_id),
    )


def list_acts(con: Connection, profile: str, *, limit: int = 100) -> list[Act]:
    """The latest acts first."""
    sql = "SELECT at, actor, act, lid FROM journal WHERE profile = ? ORDER BY seq DESC LIMIT ?"
    return [Act(*found) for found in con.execute(sql, (profile, limit))]
