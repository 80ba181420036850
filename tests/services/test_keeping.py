"""Documents that come and go at the will of their owner, between a real store and a real server."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mes_app.device.pdf_readers import choose_pdf_reader
from mes_app.domain.record import ContentState, Kind, Row
from mes_app.errors import MesError, Offline, Reason
from mes_app.services.documents import Documents
from mes_app.services.keeping import Keeping, Policy, Room
from mes_app.services.pens import Pen
from mes_app.services.previews import Previews
from mes_app.services.syncing import Syncing
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.profiles import list_profiles
from mes_app.store.records import list_rows
from tests.store.samples import add_pending
from tests.sync.serving import NOW, Asked, Say, Scripted, connect, make_bundle, make_plain_server, served
from tests.sync.vaults import opened_syncing

WORDS = b"Compte rendu"
YEARS = ("2026-11-01", "2026-07-01", "2020-01-01")


def make_document(date: str) -> dict[str, Any]:
    attachment = {"contentType": "text/plain", "url": f"Binary/{date}", "size": len(WORDS), "title": date}
    return {
        "resourceType": "DocumentReference",
        "id": f"d{date}",
        "masterIdentifier": {"value": f"urn:oid:{date}"},
        "status": "current",
        "description": date,
        "date": f"{date}T10:00:00Z",
        "subject": {"reference": "Patient/p1"},
        "content": [{"attachment": attachment}],
    }


@dataclass
class Device:
    """What a person has before them."""

    keeping: Keeping
    documents: Documents
    syncing: Syncing
    database: Database
    server: Scripted
    folder: Path

    async def rows(self) -> dict[str, Row]:
        """The documents by their dates."""
        (profile,) = await self.database.read(list_profiles)
        return {row.date_text[:10]: row for row in await self.database.read(list_rows, profile.pid, Kind.DOCUMENTS)}

    async def here(self) -> list[str]:
        """The dates of the documents whose content is here."""
        return sorted(date for date, row in (await self.rows()).items() if row.content is ContentState.STORED)

    def count_asked(self) -> int:
        """How many contents were asked for so far."""
        return sum("/Binary/" in asked.path for asked in self.server.asked)


def tell(folder: Path, story: Callable[[Device], Awaitable[None]]) -> None:
    """Run ``story`` on a vault synced once with a server that has one document of each year."""
    server = make_plain_server("DocumentReference")
    server.paths["/fhir/DocumentReference"] = Say(make_bundle(*map(make_document, YEARS), total=3))
    server.paths |= {f"/fhir/Binary/{date}": Say(WORDS, content_type="text/plain") for date in YEARS}

    async def run(url: str) -> None:
        async with opened_syncing(folder) as (syncing, database):
            blobs = Blobs(folder / "blobs", database)
            pen = Pen(database, lambda: NOW, 0, lambda: None)
            documents = Documents(pen, blobs, syncing, Previews(choose_pdf_reader()))
            await connect(syncing, url)
            await syncing.run()
            keeping = Keeping(database, blobs, syncing, lambda: datetime(2026, 11, 22, tzinfo=UTC))
            await story(Device(keeping, documents, syncing, database, server, folder))

    with served(server) as url:
        asyncio.run(run(url))


def test_all_documents_are_kept_until_the_owner_chooses_and_the_room_they_take_is_told(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        assert await device.here() == sorted(YEARS)
        storage = await device.keeping.measure()
        ((profile, held),) = storage.people
        assert (profile.name, held.here, held.size, held.away) == ("Camille Martin", 3, 3 * len(WORDS), 0)
        assert storage.total == storage.database + storage.documents
        assert (storage.freeable, storage.old, storage.away) == (Room(3, 3 * len(WORDS)), Room(), 0)
        assert (storage.left or 0) > 0

    tell(tmp_path, story)


def test_another_choice_frees_and_fetches_at_the_next_sync(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        await device.keeping.choose(Policy(months=3))
        assert await device.here() == sorted(YEARS)
        assert (await device.keeping.measure()).old == Room(2, 2 * len(WORDS))
        await device.syncing.run()
        assert await device.here() == ["2026-11-01"]
        assert len(list((device.folder / "blobs").iterdir())) == 1
        await device.keeping.choose(Policy(months=6))
        await device.syncing.run()
        assert await device.here() == ["2026-07-01", "2026-11-01"]

    tell(tmp_path, story)


def test_a_document_outside_is_listed_opens_over_the_network_and_stays_until_freed(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        await device.keeping.choose(Policy(months=3))
        await device.syncing.run()
        old = (await device.rows())["2020-01-01"]
        assert old.content is ContentState.REMOTE
        assert (await device.documents.content(old.id)).data == WORDS
        await device.syncing.run()
        assert await device.here() == ["2020-01-01", "2026-11-01"]
        assert await device.keeping.free(old_only=True) == Room(1, len(WORDS))
        assert await device.here() == ["2026-11-01"]

    tell(tmp_path, story)


def test_a_document_to_be_kept_is_kept_whatever_its_age(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        old = (await device.rows())["2020-01-01"]
        await device.keeping.keep(old.id, kept=True)
        assert (await device.documents.open(old.id)).kept
        await device.keeping.choose(Policy(months=3))
        await device.syncing.run()
        assert await device.here() == ["2020-01-01", "2026-11-01"]
        assert await device.keeping.free() == Room(1, len(WORDS))
        assert await device.here() == ["2020-01-01"]

    tell(tmp_path, story)


def test_what_was_freed_on_request_does_not_come_back_by_itself(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        assert await device.keeping.free() == Room(3, 3 * len(WORDS))
        asked = device.count_asked()
        await device.syncing.run()
        assert (await device.here(), device.count_asked()) == ([], asked)
        assert (await device.keeping.measure()).away == 3
        assert list((device.folder / "blobs").iterdir()) == []

    tell(tmp_path, story)


def test_contents_wait_for_another_network_where_the_owner_wants_that_unless_they_are_opened(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        await device.keeping.free()
        await device.keeping.choose(Policy(wifi_only=True))
        device.syncing.note_network(metered=True)
        await device.syncing.run()
        assert await device.here() == []
        assert (await device.documents.content((await device.rows())["2026-07-01"].id)).data == WORDS
        device.syncing.note_network(metered=False)
        await device.syncing.run()
        assert await device.here() == sorted(YEARS)

    tell(tmp_path, story)


def test_a_network_that_changes_on_the_way_is_left_at_once(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        await device.keeping.free()
        await device.keeping.choose(Policy(wifi_only=True))

        def leave_home(_: Asked) -> Say:
            device.syncing.note_network(metered=True)
            return Say(WORDS, content_type="text/plain")

        device.server.paths |= {f"/fhir/Binary/{date}": leave_home for date in YEARS}
        await device.syncing.run()
        assert "2020-01-01" not in await device.here()

    tell(tmp_path, story)


def damage(device: Device) -> None:
    for file in (device.folder / "blobs").iterdir():
        file.write_bytes(file.read_bytes()[:-1])


def test_a_damaged_content_is_fetched_again_when_it_is_opened(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        damage(device)
        assert (await device.documents.content((await device.rows())["2020-01-01"].id)).data == WORDS

    tell(tmp_path, story)


def test_a_damaged_content_that_is_opened_offline_is_fetched_at_the_next_sync(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        damage(device)
        row = (await device.rows())["2020-01-01"]
        answer = device.server.paths["/fhir/Binary/2020-01-01"]
        device.server.paths["/fhir/Binary/2020-01-01"] = Say(status=504)
        with pytest.raises(Offline):
            await device.documents.content(row.id)
        device.server.paths["/fhir/Binary/2020-01-01"] = answer
        asked = device.count_asked()
        await device.syncing.run()
        assert device.count_asked() == asked + 1
        assert (await device.documents.content(row.id)).data == WORDS

    tell(tmp_path, story)


def test_a_damaged_content_that_is_only_here_is_told_as_damaged(tmp_path: Path) -> None:
    async def story(device: Device) -> None:
        row = (await device.rows())["2020-01-01"]
        await device.database.write(add_pending, "op", row.id)
        damage(device)
        with pytest.raises(MesError) as caught:
            await device.documents.content(row.id)
        assert caught.value.reason is Reason.DAMAGED

    tell(tmp_path, story)
