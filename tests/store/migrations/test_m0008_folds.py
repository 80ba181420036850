"""The eighth schema, reached from the third with two versions of a document, and a store that was made with it."""

import asyncio
import json
import shutil
from pathlib import Path

from mes_app.domain.document_filters import EVERY_DOCUMENT
from mes_app.store.database import Connection, Database
from mes_app.store.document_filters import list_documents
from mes_app.store.drivers import SQLCIPHER, DriverConnection
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS, migrate
from mes_app.store.openers import connect
from tests.store.samples import PARENT, make_key, open_store

OLD = Path(__file__).parents[1] / "old"
STORED = OLD / "v0008.db"
"""Written by version 8 with the key of the samples: of the parent « Avant », and « Après » that replaces it, is of a
stay and has a title of its reader's."""


def test_versions_of_a_former_store_are_folded_when_it_is_opened(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "v0006.db", tmp_path / "store.db"))
    former = connect(path, make_key(), SQLCIPHER)
    migrate(former, MIGRATIONS[:7])
    said = {
        "resourceType": "DocumentReference",
        "masterIdentifier": {"value": "urn:oid:2"},
        "relatesTo": [{"code": "replaces", "target": {"identifier": {"value": "urn:oid:1"}}}],
        "context": {"encounter": [{"reference": "Encounter/e1"}]},
    }
    ((lid, pid),) = former.execute("SELECT lid, profile FROM res WHERE title = 'Lu'").fetchall()
    former.execute("UPDATE body SET mirror = ? WHERE lid = ?", (json.dumps(said).encode(), lid))
    for other, told in (("old", b'{"masterIdentifier": {"value": "urn:oid:1"}}'), ("odd", b"not JSON")):
        _copy(former, lid, other, told)
    former.close()

    async def list_ids() -> list[str]:
        database = await Database.open(path, make_key())
        rows = await database.read(list_documents, pid, EVERY_DOCUMENT)
        await database.close()
        return [row.id for row in rows]

    assert set(asyncio.run(list_ids())) == {lid, "odd"}
    con = open_store(path)
    assert con.execute("SELECT unique_id, replaces, stay FROM res WHERE lid = ?", (lid,)).fetchone() == (
        "urn:oid:2",
        '["urn:oid:1"]',
        "Encounter/e1",
    )
    con.close()


def _copy(con: DriverConnection, lid: str, other: str, body: bytes) -> None:
    columns = ", ".join(name for _, name, *_ in con.execute("PRAGMA table_info(res)") if name not in ("lid", "rid"))
    sql = f"INSERT INTO res (lid, rid, {columns}) SELECT ?, ?, {columns} FROM res WHERE lid = ?"  # noqa: S608
    con.execute(sql, (other, other, lid))
    con.execute("INSERT INTO body (lid, mirror) VALUES (?, ?)", (other, body))


def test_a_store_made_with_version_8_opens_with_all_it_held(tmp_path: Path) -> None:
    con: Connection = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    (row,) = list_documents(con, PARENT.pid, EVERY_DOCUMENT)
    assert (row.title, row.own_title, row.stay, row.organization) == ("Après", "Mon genou", "Encounter/e1", "Clinique")
    con.close()
