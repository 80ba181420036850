"""Folders and pins of documents: they are of this device, and nothing here is ever sent.

Two names that fold alike are one folder. What is no longer shown is neither counted nor found.
"""

import json
from collections.abc import Mapping, Sequence

from mes_app.domain.folders import Arrangement, Folder, check_name
from mes_app.domain.folding import fold
from mes_app.domain.record import Kind
from mes_app.domain.texts import clean_line
from mes_app.errors import Reason, Rejected
from mes_app.store.connections import Connection
from mes_app.store.rows import OPENABLE_DOCUMENTS, SHOWN

_SHOWN_DOCUMENTS = f"{SHOWN} AND kind = '{Kind.DOCUMENTS}'"


def list_folders(con: Connection, profile: str) -> list[Folder]:
    """The folders of a person in the order of the alphabet, with what is in them."""
    sql = f"""
        SELECT name, count(lid)
        FROM folder LEFT JOIN res
            ON res.profile = folder.profile AND res.folder = name AND res.folder <> '' AND {_SHOWN_DOCUMENTS}
        WHERE folder.profile = ? GROUP BY folded ORDER BY folded
    """  # noqa: S608 (our own condition)
    return [Folder(*found) for found in con.execute(sql, (profile,))]


def find_folder(con: Connection, profile: str, name: str) -> str:
    """A folder as it is written, however its ``name`` was typed; empty where there is none."""
    sql = "SELECT name FROM folder WHERE profile = ? AND folded = ?"
    found = con.execute(sql, (profile, fold(clean_line(name)))).fetchone()
    return str(found[0]) if found else ""


def add_folder(con: Connection, profile: str, typed: str) -> str:
    """A new folder; its name. Raises Rejected("name"): NAME_TAKEN, or as ``check_name``."""
    name = check_name(typed)
    if find_folder(con, profile, name):
        raise Rejected("name", Reason.NAME_TAKEN)
    con.execute("INSERT INTO folder (profile, folded, name) VALUES (?, ?, ?)", (profile, fold(name), name))
    con.touch(profile, Kind.DOCUMENTS)
    return name


def rename_folder(con: Connection, profile: str, former: str, typed: str) -> str:
    """Give a folder another name, which its documents follow. Raises as ``add_folder``."""
    name = check_name(typed)
    if find_folder(con, profile, name) not in ("", former):
        raise Rejected("name", Reason.NAME_TAKEN)
    sql = "UPDATE folder SET name = ?, folded = ? WHERE profile = ? AND name = ?"
    con.execute(sql, (name, fold(name), profile, former))
    con.touch(profile, Kind.DOCUMENTS)
    return name


def delete_folder(con: Connection, profile: str, name: str) -> list[str]:
    """Remove a folder; our ids of the documents that were in it, and now are in none."""
    sql = "SELECT lid FROM res WHERE profile = ? AND folder = ? AND folder <> ''"
    freed = [lid for (lid,) in con.execute(sql, (profile, name))]
    con.execute("DELETE FROM folder WHERE profile = ? AND name = ?", (profile, name))
    con.touch(profile, Kind.DOCUMENTS)
    return freed


def drop_empty_folder(con: Connection, profile: str, name: str) -> None:
    """Remove a folder in which there is nothing."""
    used = "SELECT 1 FROM res WHERE res.profile = folder.profile AND folder = name AND folder <> ''"
    con.execute(f"DELETE FROM folder WHERE profile = ? AND name = ? AND NOT EXISTS ({used})", (profile, name))  # noqa: S608
    con.touch(profile, Kind.DOCUMENTS)


def find_arrangements(con: Connection, record_ids: Sequence[str]) -> dict[str, Arrangement]:
    """Where each of the documents among these records is."""
    sql = f"SELECT lid, folder, pinned FROM res WHERE {OPENABLE_DOCUMENTS} AND lid IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = con.execute(sql, (json.dumps([*record_ids]),))
    return {lid: Arrangement(folder, bool(pinned)) for lid, folder, pinned in rows}


def arrange_records(con: Connection, wanted: Mapping[str, Arrangement]) -> list[tuple[str, str]]:
    """Put each of these records where it is ``wanted``, in a new folder where there is none of that name.

    The folders that were made, as pid and name. What is not here is passed over. Raises Rejected("name") as
    ``check_name``.
    """
    made = []
    for record_id, arrangement in wanted.items():
        found = con.execute("SELECT profile, kind FROM res WHERE lid = ?", (record_id,)).fetchone()
        if not found:
            continue
        profile, kind = found
        name = find_folder(con, profile, arrangement.folder)
        if arrangement.folder and not name:
            name = add_folder(con, profile, arrangement.folder)
            made.append((profile, name))
        con.execute("UPDATE res SET folder = ?, pinned = ? WHERE lid = ?", (name, arrangement.pinned, record_id))
        con.touch(profile, Kind(kind))
    return made


def hand_on_places(con: Connection, record_ids: Sequence[str]) -> None:
    """Documents for which others stand in lists from now on leave them their folder, where those have none, and pin."""
    sql = """
        UPDATE res SET folder = iif(res.folder = '', former.folder, res.folder), pinned = max(res.pinned, former.pinned)
        FROM res AS former
        WHERE former.lid = ? AND res.fold = former.fold AND res.behind = 0 AND res.withheld = 0 AND res.deleted = 0
    """
    con.executemany(sql, [(record_id,) for record_id in record_ids])
