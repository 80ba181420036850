"""Read every page of the store and say whether it is as it was written."""

from mes_app.errors import Reason, Unreadable
from mes_app.store.connections import Connection


def check_integrity(con: Connection) -> None:
    """Seconds for a large store. Raises Unreadable(DAMAGED)."""
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # the cipher's check does not read the -wal
    if con.execute("PRAGMA cipher_integrity_check").fetchall():
        raise Unreadable(Reason.DAMAGED)
    if con.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise Unreadable(Reason.DAMAGED)
