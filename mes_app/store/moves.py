"""Records that become another person's: what hangs from them goes along, in the transaction of who decides it.

Only what no server has may move: the server knows whose the rest is. What the bodies say is the caller's.
"""

import json
from collections.abc import Sequence

from mes_app.domain.record import Kind
from mes_app.store.connections import Connection
from mes_app.store.folders import arrange_records, find_arrangements

_NAMED = "lid IN (SELECT value FROM json_each(?))"


def move_records(con: Connection, record_ids: Sequence[str], profile: str) -> list[tuple[str, str]]:
    """Make these records those of ``profile``, documents in a folder of the same name there.

    The folders that were made, as pid and name. Versions kept aside and the journal of each follow it.
    """
    named = json.dumps([*record_ids])
    places = find_arrangements(con, record_ids)
    sql = f"SELECT DISTINCT profile, kind FROM res WHERE rid IS NULL AND {_NAMED}"  # noqa: S608 (our own condition)
    for former, kind in con.execute(sql, (named,)).fetchall():
        con.touch(former, Kind(kind))
        con.touch(profile, Kind(kind))
    con.execute(f"UPDATE res SET profile = ?, folder = '' WHERE rid IS NULL AND {_NAMED}", (profile, named))  # noqa: S608
    for table in ("kept", "journal"):
        con.execute(f"UPDATE {table} SET profile = ? WHERE {_NAMED}", (profile, named))  # noqa: S608
    sql = f"SELECT lid FROM res WHERE kind = ? AND lid NOT IN (SELECT lid FROM fold_due) AND {_NAMED}"  # noqa: S608
    con.execute(f"INSERT INTO fold_due {sql}", (Kind.DOCUMENTS, named))
    return arrange_records(con, places)


def move_content(con: Connection, record_id: str, other_id: str) -> None:
    """Make the content of a record that of another, which has none."""
    con.execute("UPDATE blob SET lid = ? WHERE lid = ?", (other_id, record_id))
    sql = "UPDATE res SET content = former.content, digest = former.digest FROM res AS former"
    con.execute(f"{sql} WHERE res.lid = ? AND former.lid = ?", (other_id, record_id))
