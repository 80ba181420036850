"""Contents brought over a network that fails, from servers that do as they like."""

import asyncio
import base64
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.documents import Attachment
from mes_app.errors import MesError, Offline, Reason
from mes_app.fhir.attachments import find_attachment, read_attachment
from mes_app.store.database import Connection, Database
from mes_app.store.pieces import Origin, find_begun, save_piece
from mes_app.store.profiles import save_profile
from mes_app.sync.api import FhirApi
from mes_app.sync.connections import Connections
from mes_app.sync.credentials import Fixed
from mes_app.sync.downloads import PIECE, Downloads
from mes_app.sync.networks import Network
from tests.store.samples import PARENT, make_incoming, save_one
from tests.sync.backends import Backend
from tests.sync.serving import App, Asked, Say, Scripted, served
from tests.sync.vaults import opened_vault

BYTES = bytes(range(251)) * (3 * PIECE // 251)
LIMIT = len(BYTES) + 1000
URL = "Binary/b"
SHA1 = base64.b64encode(hashlib.sha1(BYTES, usedforsecurity=False).digest()).decode()
ANNOUNCED = Attachment(content_type="application/pdf", url=URL, size=len(BYTES), sha1=SHA1)


@dataclass
class Holder:
    """A server that hands out ``data`` as bytes. ``cuts``: after how many bytes each of its first answers ends short.

    ``ranges``: whether it honours Range. ``lies`` are headers that it says in place of the true ones of a part.
    """

    data: bytes = BYTES
    etag: str = '"1"'
    ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    lies: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Say:
        self.asked.append(asked)
        start = self._start(asked)
        if start is None:
            return self._send(self.data, Say(headers=self._tag()))
        if start >= len(self.data):
            return Say(status=416, headers={"content-range": f"bytes */{len(self.data)}"})
        place = f"bytes {start}-{len(self.data) - 1}/{len(self.data)}"
        return self._send(
            self.data[start:], Say(status=206, headers=self._tag() | {"content-range": place} | self.lies)
        )

    def _start(self, asked: Asked) -> int | None:
        if not self.ranges or asked.headers.get("if-range") != self.etag:
            return None
        return int(asked.headers["range"].removeprefix("bytes=").removesuffix("-"))

    def _tag(self) -> dict[str, str]:
        return {"etag": self.etag} if self.etag else {}

    def _send(self, data: bytes, say: Say) -> Say:
        cut = self.cuts.pop(0) if self.cuts else len(data)
        say.body, say.content_type, say.promised = data[:cut], "application/pdf", len(data)
        return say

    @property
    def ranged(self) -> list[str]:
        """What each request asked for."""
        return [asked.headers.get("range", "all") for asked in self.asked]


@dataclass
class Room:
    """A store with one document, and downloads from a server."""

    database: Database
    downloads: Downloads
    record_id: str

    async def fetch(self, attachment: Attachment = ANNOUNCED) -> bytes:
        return await self.downloads.fetch(self.record_id, attachment)

    async def fail(self, attachment: Attachment = ANNOUNCED) -> MesError:
        with pytest.raises(MesError) as caught:
            await self.fetch(attachment)
        return caught.value

    async def count_kept(self) -> int:
        """How many bytes of the content are in the store."""
        begun = await self.database.read(find_begun, self.record_id, URL)
        return len(begun.data) if begun else 0


def save_document(con: Connection) -> str:
    save_profile(con, PARENT)
    return save_one(con, PARENT.pid, make_incoming())


def tell(folder: Path, answer: Callable[[Asked], Say], *stories: Callable[[Room], Awaitable[None]]) -> None:
    """Run ``stories`` before a server that answers so, as ``tell_of`` does."""
    tell_of(folder, Scripted({"/fhir/Binary/b": answer}), *stories)


def tell_of(folder: Path, server: App, *stories: Callable[[Room], Awaitable[None]]) -> None:
    """Run ``stories`` one after the other, each in a new process as far as anything of ours is concerned."""

    async def run(url: str, story: Callable[[Room], Awaitable[None]]) -> None:
        async with opened_vault(folder) as (database, _), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            record_id = await database.write(save_document)
            await story(Room(database, Downloads(api, database, LIMIT), record_id))

    with served(server) as url:
        for story in stories:
            asyncio.run(run(url, story))


async def be_cut(room: Room) -> None:
    assert isinstance(await room.fail(), Offline)


async def succeed(room: Room) -> None:
    assert await room.fetch() == BYTES


def test_a_large_content_is_asked_for_as_its_own_bytes_and_uncompressed(tmp_path: Path) -> None:
    holder = Holder()

    async def story(room: Room) -> None:
        assert await room.fetch() == BYTES

    tell(tmp_path, holder, story)
    (asked,) = holder.asked
    assert (asked.headers["accept"], asked.headers["accept-encoding"]) == ("application/pdf", "identity")
    assert "range" not in asked.headers


def test_a_download_that_is_cut_goes_on_from_the_last_byte_even_in_another_process(tmp_path: Path) -> None:
    first, second = PIECE + 1234, 77
    holder = Holder(cuts=[first, second])

    async def count(room: Room) -> None:
        assert await room.count_kept() == first + second

    tell(tmp_path, holder, be_cut, be_cut, count, succeed)
    assert holder.ranged == ["all", f"bytes={first}-", f"bytes={first + second}-"]
    assert {asked.headers["if-range"] for asked in holder.asked[1:]} == {'"1"'}


def test_what_came_before_a_process_was_killed_is_not_asked_for_again(tmp_path: Path) -> None:
    """A kill leaves the pieces that were written, whole, and nothing of the next one."""
    holder = Holder()

    async def die(room: Room) -> None:
        await room.database.write(save_piece, room.record_id, Origin(URL, '"1"'), 0, BYTES[:PIECE])

    tell(tmp_path, holder, die, succeed)
    assert holder.ranged == [f"bytes={PIECE}-"]


def test_a_cancelled_download_keeps_what_has_come(tmp_path: Path) -> None:
    holder = Holder(cuts=[2 * PIECE])

    async def cancel(room: Room) -> None:
        fetching = asyncio.create_task(room.fetch())
        while not await room.count_kept() and not fetching.done():
            pass
        fetching.cancel()
        await asyncio.wait([fetching])
        assert await room.count_kept() >= PIECE

    tell(tmp_path, holder, cancel, succeed)
    assert holder.ranged[1].startswith("bytes=")


@pytest.mark.parametrize("etag", ["", 'W/"1"'], ids=["no tag", "weak tag"])
def test_without_a_strong_tag_all_is_asked_for_anew(tmp_path: Path, etag: str) -> None:
    holder = Holder(etag=etag, cuts=[PIECE + 9])

    async def count(room: Room) -> None:
        assert await room.count_kept() == 0

    tell(tmp_path, holder, be_cut, count, succeed)
    assert holder.ranged == ["all", "all"]


def test_a_server_that_ignores_ranges_sends_all_of_it_again(tmp_path: Path) -> None:
    holder = Holder(ranges=False, cuts=[PIECE + 9, 2 * PIECE])
    tell(tmp_path, holder, be_cut, be_cut, succeed)
    assert holder.ranged == ["all", f"bytes={PIECE + 9}-", f"bytes={2 * PIECE}-"]


def test_another_version_begins_anew(tmp_path: Path) -> None:
    holder = Holder(cuts=[PIECE + 9])
    other = bytes(reversed(BYTES))
    announced = Attachment(content_type="application/pdf", url=URL, size=len(other))

    async def change(_: Room) -> None:
        holder.data, holder.etag = other, '"2"'

    async def get_other(room: Room) -> None:
        assert await room.fetch(announced) == other

    tell(tmp_path, holder, be_cut, change, get_other)


@pytest.mark.parametrize(
    "lies",
    [
        {"content-range": f"bytes 0-{len(BYTES) - 1}/{len(BYTES)}"},
        {"content-range": f"bytes {PIECE + 9}-{len(BYTES)}/{len(BYTES) + 1}"},
        {"content-range": "lines 1-2/3"},
        {"content-range": ""},
        {"etag": '"2"'},
        {"content-encoding": "gzip"},
        {"content-type": "application/fhir+json"},
    ],
    ids=["other start", "other end", "other unit", "none", "other tag", "compressed", "other form"],
)
def test_a_part_that_is_not_the_one_asked_for_is_refused_and_all_is_asked_for_anew(
    tmp_path: Path, lies: dict[str, str]
) -> None:
    holder = Holder(cuts=[PIECE + 9], lies=lies)
    tell(tmp_path, holder, be_cut, succeed)
    assert holder.ranged == ["all", f"bytes={PIECE + 9}-", "all"]


def test_a_part_that_nobody_asked_for_is_a_fault(tmp_path: Path) -> None:
    async def refuse(room: Room) -> None:
        assert (await room.fail()).reason is Reason.SERVER_FAULT

    tell(tmp_path, lambda _: Say(BYTES[5:], 206, {"content-range": "bytes 5-9/10"}, "application/pdf"), refuse)


def test_a_content_of_which_more_is_here_than_there_is_begins_anew(tmp_path: Path) -> None:
    holder = Holder()

    async def have_too_much(room: Room) -> None:
        await room.database.write(save_piece, room.record_id, Origin(URL, '"1"'), 0, BYTES)

    tell(tmp_path, holder, have_too_much, succeed)
    assert holder.ranged == [f"bytes={len(BYTES)}-", "all"]


def test_pieces_that_do_not_make_the_content_announced_are_dropped_and_all_is_fetched_once_more(tmp_path: Path) -> None:
    holder = Holder()

    async def have_wrong_bytes(room: Room) -> None:
        await room.database.write(save_piece, room.record_id, Origin(URL, '"1"'), 0, bytes(PIECE))

    tell(tmp_path, holder, have_wrong_bytes, succeed)
    assert holder.ranged == [f"bytes={PIECE}-", "all"]


def test_a_server_that_cuts_its_parts_short_is_asked_for_the_next_one(tmp_path: Path) -> None:
    def hand_out(asked: Asked) -> Say:
        start = int(asked.headers.get("range", "bytes=0-")[6:-1])
        part = BYTES[start : start + PIECE]
        place = {"etag": '"1"', "content-range": f"bytes {start}-{start + len(part) - 1}/{len(BYTES)}"}
        return Say(part, 206 if start else 200, place, "application/pdf", None if start else len(BYTES))

    tell(tmp_path, hand_out, be_cut, succeed)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(BYTES + b"x", Reason.DAMAGED), (BYTES[:-1], Reason.DAMAGED), (bytes(LIMIT + 1), Reason.TOO_LARGE)],
    ids=["longer than announced", "shorter", "over the limit"],
)
def test_a_content_other_than_announced_is_refused(tmp_path: Path, data: bytes, reason: Reason) -> None:
    async def refuse(room: Room) -> None:
        assert (await room.fail()).reason is reason

    tell(tmp_path, Holder(data=data), refuse)


def test_n4_a_content_without_an_announced_length_is_read_to_the_limit_only(tmp_path: Path) -> None:
    async def refuse(room: Room) -> None:
        unknown = Attachment(content_type="application/pdf", url=URL)
        assert (await room.fail(unknown)).reason is Reason.TOO_LARGE

    async def go_on_and_on(_scope: object, _receive: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/pdf")]})
        for more in (True, True, False):
            await send({"type": "http.response.body", "body": bytes(LIMIT), "more_body": more})

    tell_of(tmp_path, go_on_and_on, refuse)


def answer_in_json() -> Say:
    data = base64.b64encode(BYTES).decode()
    return Say({"resourceType": "Binary", "id": "b", "contentType": "application/pdf", "data": data})


def test_a_server_that_answers_with_the_resource_is_understood(tmp_path: Path) -> None:
    tell(tmp_path, lambda _: answer_in_json(), succeed)


@pytest.mark.parametrize("refusal", [Say(status=406), Say(status=400), Say(status=302)], ids=["406", "400", "foreign"])
def test_a_server_that_hands_out_no_bytes_is_asked_for_the_resource_from_then_on(tmp_path: Path, refusal: Say) -> None:
    accepts: list[str] = []
    refusal.headers = {"location": "https://storage.example/b"} if refusal.status == 302 else {}

    def hand_out(asked: Asked) -> Say:
        accepts.append(asked.headers["accept"])
        return refusal if accepts[-1] == "application/pdf" else answer_in_json()

    async def twice(room: Room) -> None:
        assert [await room.fetch(), await room.fetch()] == [BYTES, BYTES]

    tell(tmp_path, hand_out, twice)
    assert [accept.split(",")[0] for accept in accepts] == ["application/pdf", *["application/fhir+json"] * 2]


@pytest.mark.parametrize(
    "told",
    [{"size": PIECE - 1}, {"content_type": "application/fhir+json"}, {"content_type": ""}],
    ids=["small", "JSON itself", "of no type"],
)
def test_other_contents_are_asked_for_as_the_resource(tmp_path: Path, told: dict[str, Any]) -> None:
    accepts: list[str] = []

    def hand_out(asked: Asked) -> Say:
        accepts.append(asked.headers["accept"])
        data = base64.b64encode(b"x" * (PIECE - 1)).decode()
        return Say({"resourceType": "Binary", "contentType": "text/plain", "data": data})

    async def story(room: Room) -> None:
        attachment = Attachment(content_type="application/pdf", url=URL).model_copy(update=told)
        assert len(await room.fetch(attachment)) == PIECE - 1

    tell(tmp_path, hand_out, story)
    assert accepts[0].startswith("application/fhir+json")


def test_the_reference_backend_sends_only_what_is_missing(backend: Backend, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_vault(tmp_path) as (database, _):
            record_id = await database.write(save_document)
            connections = Connections(database, Network())
            await connections.use(await backend.enrol())
            _, api = await connections.open()
            async with api:
                page = json.loads((await api.get("DocumentReference?_count=1")).body)
                attachment = read_attachment(find_attachment(page["entry"][0]["resource"]))
                room = Room(database, Downloads(api, database, 10 * LIMIT), record_id)
                whole = await room.fetch(attachment)
                etag = (await api.fetch(attachment.url, {"Accept": attachment.content_type})).headers["etag"]
                # the last byte alone can come from the server: what is here is no prefix of what it has
                begun = bytes(len(whole) - 1)
                await database.write(save_piece, record_id, Origin(attachment.url, etag), 0, begun)
                unannounced = attachment.model_copy(update={"size": 0, "sha1": ""})
                assert await room.fetch(unannounced) == begun + whole[-1:]

    asyncio.run(story())
