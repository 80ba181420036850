"""What is left of records that may no longer be seen: nothing that the server said, only words not sent to it yet."""

from collections.abc import Sequence

from mes_app.fhir.bodies import write_body
from mes_app.fhir.own_words import find_own_words
from mes_app.store.database import Connection
from mes_app.store.versions import find_versions


def forget_bodies(con: Connection, lids: Sequence[str]) -> None:
    """Drop all that records say, edits too, and the keys of their contents; what only the user said is kept aside.

    To be called while their rows still tell what they are.
    """
    for lid in lids:
        _keep_words(con, lid)
    for table in ("body", "blob", "piece", "outbox", "conflict"):
        con.executemany(f"DELETE FROM {table} WHERE lid = ?", [(lid,) for lid in lids])  # noqa: S608 (our own names)


def _keep_words(con: Connection, lid: str) -> None:
    now = find_versions(con, lid)
    mine = now.mine if now and (now.ops or now.asked) else None
    if now is None or mine is None:
        return
    asked = (now.asked.base, now.asked.theirs) if now.asked else ()
    others = filter(None, (now.mirror, *asked, *(op.base_body for op in now.ops)))
    words = find_own_words(mine, others)
    if words:
        sql = "INSERT INTO kept (profile, type, kind, title, body, whose) VALUES (?, ?, ?, '', ?, 'mine')"
        con.execute(sql, (now.profile, now.type, now.kind, write_body(words)))
        con.touch(now.profile, now.kind)
