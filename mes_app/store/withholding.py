"""What is left of records that may no longer be seen: nothing that the server said, only words not sent to it yet."""

from collections.abc import Iterable, Sequence

from mes_app.fhir.bodies import write_body
from mes_app.fhir.own_words import find_own_words
from mes_app.store.database import Connection
from mes_app.store.traces import note_gone
from mes_app.store.versions import Versions, find_versions

_KEEP = "INSERT INTO kept (lid, profile, type, kind, title, body, whose) VALUES (?, ?, ?, ?, '', ?, 'mine')"


def forget_bodies(con: Connection, lids: Sequence[str]) -> None:
    """Drop all that records say, edits and kept versions too, and the keys of their contents.

    What only the user said is kept aside. To be called while their rows still tell what they are.
    """
    for lid in lids:
        if now := find_versions(con, lid):
            _keep_words(con, now)
    for table in ("body", "blob", "piece", "outbox", "conflict"):
        con.executemany(f"DELETE FROM {table} WHERE lid = ?", [(lid,) for lid in lids])  # noqa: S608 (our own names)
    if lids:
        note_gone(con)


def _keep_words(con: Connection, now: Versions) -> None:
    kept = con.execute("DELETE FROM kept WHERE lid = ? RETURNING whose, body", (now.lid,)).fetchall()
    edit = now.mine if now.ops or now.asked else None
    mine = [body for whose, body in kept if whose == "mine"] + [edit]
    theirs = [body for whose, body in kept if whose == "theirs"]
    words = [find_own_words(body, [*theirs, *_list_seen(now)]) for body in filter(None, mine)]
    for body in dict.fromkeys(write_body(said) for said in words if said):
        con.execute(_KEEP, (now.lid, now.profile, now.type, now.kind, body))
        con.touch(now.profile, now.kind)


def _list_seen(now: Versions) -> Iterable[bytes]:
    """What the server said, as far as it is here."""
    asked = (now.asked.base, now.asked.theirs) if now.asked else ()
    return filter(None, (now.mirror, *asked, *(op.base_body for op in now.ops)))
