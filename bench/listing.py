"""The first page of 10,000 documents, and of what a filter leaves of them, against the same query on plain SQLite.

The same engine without a key: what is compared is the price of the encryption.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, compare
from mes_app.crypto.primitives import make_secret
from mes_app.domain.document_filters import EVERY_DOCUMENT, DocumentFilter, Order
from mes_app.domain.folders import Arrangement
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Overview
from mes_app.domain.values import PartialDate
from mes_app.services.search import find_page
from mes_app.store import profiles
from mes_app.store.database import Connection, Database
from mes_app.store.document_filters import list_ids
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.folders import arrange_records
from mes_app.store.migrations import migrate
from mes_app.store.openers import set_pragmas
from mes_app.store.pages import Incoming, save_page
from mes_app.store.records import PAGE
from mes_app.sync.conflicts import merge_versions

DOCUMENTS = 10_000
PINNED_AMONG, FILED_AMONG = 500, 50
PID, FOLDER = "somebody", "Genou"
IN_FOLDER = DocumentFilter(folder=FOLDER)
BY_EPISODE = DocumentFilter(order=Order.EPISODE)


async def measure() -> list[Figure]:
    """300 rounds of most, all warm."""
    with TemporaryDirectory(prefix="mes-carnets-bench-") as folder, make_secret() as key:
        database = await Database.open(Path(folder) / "vault.db", key, create=True)
        await database.write(_fill)
        plain = _open_plain(Path(folder) / "plain.db")
        plain.run_change(lambda: _fill(plain))
        period = DocumentFilter(since=PartialDate(text="2014"), until=PartialDate(text="2015"), hidden=False)
        figures = [
            await _compare(database, plain, f"first page of {DOCUMENTS} documents", EVERY_DOCUMENT),
            await _compare(database, plain, f"a period of {DOCUMENTS} documents", period),
            await _compare(database, plain, f"a folder of {DOCUMENTS} documents", IN_FOLDER),
            await _compare(database, plain, f"episodes of {DOCUMENTS} documents", BY_EPISODE, rounds=20),
        ]
        plain.close()
        await database.close()
        return figures


async def _compare(
    database: Database, plain: Connection, name: str, chosen: DocumentFilter, *, rounds: int = 300
) -> Figure:
    async def list_ours() -> None:
        assert len(await database.read(find_page, PID, (), chosen=chosen)) == PAGE

    async def list_plain() -> None:
        assert len(find_page(plain, PID, (), chosen=chosen)) == PAGE

    return await compare(name, list_ours, list_plain, rounds=rounds)


def _open_plain(path: Path) -> Connection:
    plain = SQLCIPHER.connect(str(path), isolation_level=None)
    set_pragmas(plain)
    migrate(plain)
    return Connection(plain)


def _fill(con: Connection) -> None:
    profiles.save_profile(con, Profile(pid=PID, name="Somebody"))
    for start in range(0, DOCUMENTS, 500):
        save_page(con, PID, [_make_document(number) for number in range(start, start + 500)], merge=merge_versions)
    ids = list_ids(con, PID, EVERY_DOCUMENT)
    arrange_records(con, {lid: Arrangement(FOLDER) for lid in ids[::FILED_AMONG]})
    arrange_records(con, {lid: Arrangement(FOLDER, pinned=True) for lid in ids[::PINNED_AMONG]})


def _make_document(number: int) -> Incoming:
    day = f"20{10 + number % 16:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    overview = Overview(
        kind=Kind.DOCUMENTS,
        title=f"Compte rendu n° {number}",
        subtitle="Dr Karim Benali",
        date_text=day,
        date_key=f"{day}T00:00:00Z",
        category="CPT_REND",
        content_type="application/pdf",
        organization=f"Clinique n° {number % 40}",
        unique_id=f"urn:oid:1.2.{number}",
        search=f"compte rendu n° {number} dr karim benali",
    )
    return Incoming("DocumentReference", f"d{number}", "1", f"{day}T00:00:00Z", b"{}", overview)
