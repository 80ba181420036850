"""The words of what is gone, which FTS5 leaves in its old segments until these are merged: to be merged then.

A record that is withheld, or a profile that is purged, is at once no longer found; its words still stand on pages of
the index that whoever opens the vault with other tools can read. Merging takes seconds for a large index, so it goes
step by step, between which the store does other things.
"""

from mes_app.store.database import Connection
from mes_app.store.preferences import get_preference, put_preference

_GONE = "words_gone"
STEP = 100
"""Pages merged at a time, about 400 KB: some milliseconds."""


def note_gone(con: Connection) -> None:
    """Something left the index that may not be read any more, or is not wanted any more."""
    put_preference(con, _GONE, count_gone(con) + 1)


def count_gone(con: Connection) -> int:
    """How often that was noted since ``forget_gone``."""
    return int(get_preference(con, _GONE, 0))


def merge_words(con: Connection, *, afresh: bool) -> bool:
    """Merge the segments of the index one step further, ``afresh`` all that there are now; whether any are left."""
    before = _count_changes(con)
    con.execute("INSERT INTO words (words, rank) VALUES ('merge', ?)", (-STEP if afresh else STEP,))
    return _count_changes(con) - before > 1  # as SQLite says to tell: the command itself counts as one


def forget_gone(con: Connection, noted: int) -> None:
    """All segments were merged since ``noted`` was counted: if nothing went meanwhile, nothing is left."""
    if count_gone(con) == noted:
        put_preference(con, _GONE, None)


def empty_log(con: Connection) -> None:
    """Take the log into the store and empty it: it keeps pages as they were. To be called outside a transaction."""
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _count_changes(con: Connection) -> int:
    (count,) = con.execute("SELECT total_changes()").fetchone()
    return int(count)
