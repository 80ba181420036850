"""Contents are read in the background, so that they are found."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mes_app.domain.searching import parse_query
from mes_app.errors import Locked
from mes_app.services.indexing import AT_ONCE, Indexing, Progress
from mes_app.store import records
from mes_app.store.analytes import list_document_analytes
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.profiles import purge_profile, save_profile
from mes_app.store.records import remove_records
from mes_app.store.search import count_unread, find_documents
from mes_app.store.traces import count_gone, empty_log, forget_gone
from mes_app.sync.conflicts import merge_versions
from tests.formats.clinical_documents import answer, report
from tests.store.forensics import read_pages
from tests.store.samples import ME, PARENT, make_incoming, make_key, save_one, save_page


@dataclass
class Shelf:
    """An open store with its contents, and what reads them."""

    database: Database
    blobs: Blobs
    indexing: Indexing

    async def put(self, rid: str, content: bytes = b"") -> str:
        """A document, and its content if given."""
        record_id = await self.database.write(_save, rid)
        if content:
            await self.blobs.save(record_id, content)
        return record_id

    async def find(self, text: str) -> list[str]:
        found = await self.database.read(find_documents, ME, parse_query(text))
        return sorted(match.row.title for match in found)

    async def until_read(self) -> None:
        """Wait until the background has nothing left to read."""
        done = asyncio.Event()
        stop = self.indexing.subscribe(lambda progress: None if progress else done.set())
        self.indexing.start()
        await done.wait()
        stop()


def _save(con: Connection, rid: str) -> str:
    return save_one(con, ME, make_incoming(rid, title=f"Titre {rid}"))


def tell(story: Callable[[Shelf], Awaitable[None]], folder: Path) -> None:
    async def run() -> None:
        database = await Database.open(folder / "vault.db", make_key(), create=True)
        await database.write(save_profile, PARENT)
        blobs = Blobs(folder / "documents", database)
        shelf = Shelf(database, blobs, Indexing(database, blobs))
        try:
            await story(shelf)
        finally:
            await shelf.indexing.stop()
            await database.close()

    asyncio.run(run())


def test_a_document_is_found_by_its_title_as_soon_as_it_is_written(tmp_path: Path) -> None:
    async def story(shelf: Shelf) -> None:
        await shelf.put("d1")
        assert await shelf.find("titre d1") == ["Titre d1"]

    tell(story, tmp_path)


def test_all_contents_that_are_here_are_read_with_progress_and_found(tmp_path: Path) -> None:
    async def story(shelf: Shelf) -> None:
        for number in range(AT_ONCE + 2):
            await shelf.put(f"d{number}", f"Metformine {number}".encode())
        await shelf.put("away")
        told: list[Progress | None] = []
        shelf.indexing.subscribe(told.append)
        await shelf.indexing.run()
        assert len(await shelf.find("metf")) == AT_ONCE + 2
        assert told == [Progress(0, AT_ONCE + 3), Progress(AT_ONCE, AT_ONCE + 3), None]
        assert await shelf.database.read(count_unread) == 0

    tell(story, tmp_path)


def test_once_started_what_comes_later_is_read_too(tmp_path: Path) -> None:
    async def story(shelf: Shelf) -> None:
        await shelf.put("d1", b"Metformine")
        await shelf.until_read()
        assert await shelf.find("metformine") == ["Titre d1"]
        await shelf.put("d2")
        await shelf.until_read()
        await shelf.blobs.save(await shelf.database.read(_find_id), b"Levothyrox")
        await shelf.until_read()
        assert await shelf.find("levo") == ["Titre d2"]

    tell(story, tmp_path)


def _find_id(con: Connection) -> str:
    found = records.find_record(con, ME, "DocumentReference", "d2")
    assert found
    return found.row.id


@pytest.mark.parametrize("content", [b"%PDF-1.7\nbroken", b"\x89PNG\r\n\x1a\n", b"{\\rtf1" + b"}" * 9])
def test_a_content_that_cannot_be_read_leaves_the_document_found_by_its_title(tmp_path: Path, content: bytes) -> None:
    async def story(shelf: Shelf) -> None:
        await shelf.put("d1", content)
        await shelf.indexing.run()
        assert await shelf.find("titre") == ["Titre d1"]
        assert await shelf.database.read(count_unread) == 0

    tell(story, tmp_path)


def test_a_content_whose_file_is_damaged_does_not_stop_the_others(tmp_path: Path) -> None:
    async def story(shelf: Shelf) -> None:
        await shelf.put("d1", b"Metformine")
        for file in shelf.blobs.folder.iterdir():
            file.write_bytes(b"damaged")
        await shelf.put("d2", b"Metformine")
        await shelf.indexing.run()
        assert await shelf.find("metformine") == ["Titre d2"]

    tell(story, tmp_path)


def test_once_stopped_nothing_is_read_any_more(tmp_path: Path) -> None:
    async def story(shelf: Shelf) -> None:
        for number in range(AT_ONCE):
            await shelf.put(f"d{number}", b"Metformine")
        begun = asyncio.Event()
        shelf.indexing.subscribe(lambda _: begun.set())
        shelf.indexing.start()
        await begun.wait()
        await shelf.indexing.stop()
        assert shelf.indexing.progress is None
        await shelf.database.close()
        with pytest.raises(Locked):
            await shelf.indexing.run()

    tell(story, tmp_path)


def test_the_results_that_a_content_holds_as_data_are_kept_once_it_is_read(tmp_path: Path) -> None:
    async def story(shelf: Shelf) -> None:
        await shelf.put("d1", report(answer("Toxoplasmose", '<value xsi:type="ST">négatif</value>')))
        await shelf.put("d2", b"Toxoplasmose : neg")
        await shelf.indexing.run()
        kept = await shelf.database.read(list_document_analytes, ME)
        assert [(one.name, one.answer or str(one.value and one.value.value)) for one in kept] == [
            ("Glycémie à jeun", "1.26"),
            ("Toxoplasmose", "négatif"),
        ]

    tell(story, tmp_path)


def _withhold(con: Connection) -> None:
    save_page(con, ME, [make_incoming("secret", "2", "2024-06-02T00:00:00Z", withheld=True)])


def _remove(con: Connection) -> None:
    remove_records(con, ME, [("DocumentReference", "secret")], merge=merge_versions)


def _purge(con: Connection) -> None:
    purge_profile(con, ME)


@pytest.mark.parametrize("go", [_withhold, _remove, _purge])
def test_z3_no_word_of_what_is_gone_stays_on_any_page_of_the_store(
    tmp_path: Path, go: Callable[[Connection], None]
) -> None:
    def read() -> bytes:
        return read_pages(tmp_path / "vault.db", make_key())

    async def story(shelf: Shelf) -> None:
        body = json.dumps({"note": "Myocardite. " * 1_000}).encode()
        secret = make_incoming("secret", title="Myocardite", body=body)
        record_id = await shelf.database.write(save_one, ME, secret)
        await shelf.blobs.save(record_id, b"Une myocardite")
        for number in range(3 * AT_ONCE):
            await shelf.put(f"d{number}", f"Metformine numero{number}".encode())
        await shelf.indexing.run()
        await shelf.database.read(empty_log)
        assert b"Myocardite. Myocardite" in read()
        assert b"ocardite" in read().replace(b"Myocardite", b"")
        await shelf.database.write(go)
        await shelf.indexing.run()
        assert b"ocardite" not in read()
        assert len(await shelf.find("metformine")) == (0 if go is _purge else 3 * AT_ONCE)
        assert await shelf.database.read(count_gone) == 0

    tell(story, tmp_path)


def test_what_goes_while_words_are_merged_is_merged_next(tmp_path: Path) -> None:
    async def story(shelf: Shelf) -> None:
        await shelf.put("secret", b"Myocardite")
        await shelf.indexing.run()
        noted = await shelf.database.read(count_gone)
        await shelf.database.write(_withhold)
        await shelf.database.write(forget_gone, noted)
        assert await shelf.database.read(count_gone) == 1

    tell(story, tmp_path)
