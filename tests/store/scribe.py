"""A process that writes health data until it is killed. Not a test: forked by them."""

import asyncio
import os
from itertools import count
from pathlib import Path

from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.journal import Act, add_act
from mes_app.store.preferences import put_preference
from mes_app.store.profiles import save_profile
from mes_app.store.records import find_record
from mes_app.store.shared import save_shared
from tests.forks import Tell
from tests.store.samples import PARENT, make_incoming, make_key, save_page

CANARY = "Zébulon Hypercholestérolémie"


def write_forever(tell: Tell, folder: Path, start: int) -> None:
    """Write from record number ``start`` on, with all that is temporary in ``folder`` too; tell what is on the disk."""
    os.environ |= {"TMPDIR": str(folder), "SQLITE_TMPDIR": str(folder)}
    asyncio.run(_write_forever(tell, folder, start))


async def _write_forever(tell: Tell, folder: Path, start: int) -> None:
    database = await Database.open(folder / "store.db", make_key(), create=start == 0)
    await database.write(save_profile, PARENT.model_copy(update={"name": CANARY}))
    blobs = Blobs(folder / "blobs", database)
    for number in count(start):
        record_id = await database.write(write_one, number)
        if number % 10 == 0:
            await blobs.save(record_id, (CANARY * 1000).encode())
        tell(number)


def write_one(con: Connection, number: int) -> str:
    """A record, and a journal entry that must live or die with it."""
    rid = f"d{number}"
    page = [make_incoming(rid, title=CANARY, subtitle=CANARY, search=CANARY, body=CANARY.encode() * 20)]
    save_page(con, PARENT.pid, page)
    add_act(con, PARENT.pid, Act(at="2024", actor=CANARY, act=rid))
    put_preference(con, "server", {"user": CANARY})
    save_shared(con, "Practitioner", rid, "1", CANARY.encode())
    stored = find_record(con, PARENT.pid, "DocumentReference", rid)
    assert stored
    return stored.row.id
