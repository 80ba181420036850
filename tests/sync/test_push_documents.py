"""A document and its content go together."""

import base64
from pathlib import Path

import pytest

from mes_app.domain.sync_status import Fault
from mes_app.errors import Offline, Reason
from mes_app.sync.capabilities import Capabilities
from tests.sync.pushing import (
    TYPES,
    Desk,
    make_document,
)
from tests.sync.shelves import CUT, Shelf, tell

SINGLY = Capabilities(types=TYPES, update_create=TYPES)


def test_a_document_goes_with_its_content(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_document())
        await desk.blobs.save(lid, b"Une ordonnance")
        await desk.push(SINGLY)
        url = shelf.now(f"DocumentReference/{lid}")["content"][0]["attachment"]["url"]
        assert base64.b64decode(shelf.now(url)["data"]) == b"Une ordonnance"
        assert await desk.ops() == []
        assert await desk.blobs.read(lid) == b"Une ordonnance"

    tell(tmp_path, story)


def test_a_document_renamed_while_it_was_sent_keeps_its_content(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_document())
        await desk.blobs.save(lid, b"Une ordonnance")
        shelf.loses = lambda asked: CUT if asked.path.endswith(lid) and asked.method == "PUT" else None
        with pytest.raises(Offline):
            await desk.push(SINGLY)
        await desk.change(lid, make_document() | {"description": "Ordonnance de mars"})
        shelf.loses = lambda asked: None
        desk.wait(seconds=2)
        await desk.push(SINGLY)
        there = shelf.now(f"DocumentReference/{lid}")
        assert there["description"] == "Ordonnance de mars"
        assert there["content"][0]["attachment"]["url"] in shelf.kept
        assert (await desk.ops(), await desk.conflicts()) == ([], [])

    tell(tmp_path, story)


def test_a_document_whose_content_is_lost_waits_aside(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.create(make_document())
        assert await desk.push() == [Fault("DocumentReference", "", Reason.NO_CONTENT)]
        assert [(op.state, op.reason) for op in await desk.ops()] == [("quarantined", Reason.NO_CONTENT)]
        assert shelf.asked == []

    tell(tmp_path, story)
