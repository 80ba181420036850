"""Whole pushes against a server that keeps what it is given and fails as it is told."""

import asyncio
import base64
import itertools
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.sync_status import Fault, Running
from mes_app.errors import Busy, Offline, Reason, SessionExpired
from mes_app.store.outbox import find_next_due, mark_inflight, release
from mes_app.sync.capabilities import Capabilities
from mes_app.sync.push import ROUNDS
from tests.sync.pushing import (
    BARE,
    POSTING,
    PUTTING,
    TYPES,
    Desk,
    make_document,
    make_measure,
    opened_desk,
    put_in_version,
)
from tests.sync.serving import Asked, Say, Scripted, closed_address, make_bundle, served

Fail = Callable[[Asked], Say | None]
CUT = Say(b"{", promised=100)
SINGLY = Capabilities(types=TYPES, update_create=TYPES)


class Shelf(Scripted):
    """Keeps resources by ``Type/id``; ``fails`` may answer before a request is done, ``loses`` after."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, list[dict[str, Any] | None]] = {}
        self.fails: Fail = lambda asked: None
        self.loses: Fail = lambda asked: None

    def _choose(self, asked: Asked) -> Say:
        return self.fails(asked) or self.loses_after(asked, self._do(asked))

    def loses_after(self, asked: Asked, say: Say) -> Say:
        return self.loses(asked) or say

    def _do(self, asked: Asked) -> Say:
        key = asked.path.removeprefix("/fhir/")
        past = self.kept.get(key, [])
        now = past[-1] if past else None
        match asked.method:
            case "GET" if "/" not in key:
                return Say(make_bundle(*(v[-1] for k, v in self.kept.items() if k.startswith(f"{key}/") and v[-1])))
            case "POST":
                return self._put(f"{key}/s{len(self.kept)}", json.loads(asked.body))
            case "GET" | "DELETE" if now is None:
                return Say(status=410 if past else 404)
            case "GET":
                return Say(now)
        if now and (asked.headers.get("if-none-match") or asked.headers.get("if-match") != f'W/"{len(past)}"'):
            return Say(status=412)
        return self._put(key, None if asked.method == "DELETE" else json.loads(asked.body))

    def _put(self, key: str, resource: dict[str, Any] | None) -> Say:
        past = self.kept.setdefault(key, [])
        rid = key.partition("/")[2]
        past.append(put_in_version(resource, rid, str(len(past) + 1)) if resource else None)
        return Say(past[-1], 201 if len(past) == 1 else 200) if resource else Say(status=204)

    def edit(self, key: str, **more: Any) -> dict[str, Any]:
        """What another device does."""
        self._put(key, (self.kept.get(key, [None])[-1] or {}) | more)
        return self.now(key)

    def now(self, key: str) -> dict[str, Any]:
        """What is there."""
        found = self.kept[key][-1]
        assert found is not None
        return found

    @property
    def writes(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.asked if one.method != "GET"]


def tell(folder: Path, story: Callable[[Desk, Shelf], Awaitable[None]], **options: Any) -> Shelf:
    async def run(url: str) -> None:
        async with opened_desk(folder, f"{url}/fhir", **options) as desk:
            await story(desk, shelf)

    shelf = Shelf()
    with served(shelf) as url:
        asyncio.run(run(url))
    return shelf


def only(method: str, say: Say) -> Fail:
    return lambda asked: say if asked.method == method else None


def test_what_was_written_changed_and_deleted_here_is_so_there(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        assert await desk.push() == []
        assert shelf.now(f"Observation/{lid}")["valueQuantity"]["value"] == 70.5
        assert (await desk.stored(lid)).rid == lid
        await desk.change(lid, make_measure(71))
        await desk.push()
        assert shelf.now(f"Observation/{lid}")["valueQuantity"]["value"] == 71
        await desk.delete(lid)
        await desk.push()
        assert shelf.kept[f"Observation/{lid}"][-1] is None
        assert await desk.ops() == []

    tell(tmp_path, story)


def test_nothing_to_send_asks_nothing_and_says_nothing(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.push()
        assert (shelf.asked, desk.told) == ([], [])

    tell(tmp_path, story)


def test_the_server_s_own_version_is_what_is_kept(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        shelf.loses = lambda asked: add_note(shelf, asked)
        lid = await desk.create(make_measure())
        await desk.push()
        assert json.loads((await desk.stored(lid)).body)["note"] == [{"text": "vu"}]

    def add_note(shelf: Shelf, asked: Asked) -> Say:
        return Say(shelf.edit(asked.path.removeprefix("/fhir/"), note=[{"text": "vu"}]))

    tell(tmp_path, story)


@pytest.mark.parametrize("capabilities", [PUTTING, POSTING, BARE])
def test_a_creation_whose_answer_was_lost_is_done_once(tmp_path: Path, capabilities: Any) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        shelf.loses = lambda asked: None if asked.method == "GET" else CUT
        await desk.create(make_measure())
        with pytest.raises(Offline):
            await desk.push()
        desk.wait(seconds=2)
        await desk.push()
        assert await desk.ops() == []
        assert len(shelf.kept) == len(shelf.writes) == 1

    tell(tmp_path, story, capabilities=capabilities)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_change_whose_answer_was_lost_is_done_once(tmp_path: Path, change: str) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await (desk.change(lid, make_measure(71)) if change == "update" else desk.delete(lid))
        shelf.loses = lambda asked: None if asked.method == "GET" else CUT
        with pytest.raises(Offline):
            await desk.push()
        desk.wait(seconds=2)
        await desk.push()
        assert await desk.ops() == []
        assert await desk.conflicts() == []
        assert len(shelf.writes) == 2

    tell(tmp_path, story)


@pytest.mark.parametrize("arrived", [True, False])
def test_what_was_in_flight_when_the_app_died_is_verified_and_never_resent_blindly(
    tmp_path: Path, arrived: bool
) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        (op,) = await desk.ops()
        await desk.database.write(mark_inflight, op)
        if arrived:
            shelf.edit(f"Observation/{lid}", **make_measure())
        await desk.push()
        assert await desk.ops() == []
        assert [one.method for one in shelf.asked] == (["GET"] if arrived else ["GET", "PUT"])

    tell(tmp_path, story)


def test_what_was_written_while_the_outcome_was_unknown_is_sent_on_top(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        shelf.loses = only("PUT", CUT)
        with pytest.raises(Offline):
            await desk.push()
        await desk.change(lid, make_measure(71))
        shelf.loses = lambda asked: None
        desk.wait(seconds=2)
        await desk.push()
        assert [version and version["valueQuantity"]["value"] for version in shelf.kept[f"Observation/{lid}"]] == [
            70.5,
            71,
        ]
        assert (await desk.ops(), await desk.conflicts()) == ([], [])

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, Reason.NOT_ACCEPTED),
        (403, Reason.FORBIDDEN),
        (405, Reason.NOT_OFFERED),
        (413, Reason.TOO_LARGE_TO_SEND),
        (415, Reason.NOT_OFFERED),
        (422, Reason.NOT_ACCEPTED),
    ],
)
def test_a_refused_change_waits_aside_with_its_reason_and_holds_up_nothing_else(
    tmp_path: Path, status: int, reason: Reason
) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        refused, accepted = await desk.create(make_measure(1)), await desk.create(make_measure(2))
        outcome = {"resourceType": "OperationOutcome", "issue": [{"diagnostics": "Date manquante"}]}
        shelf.fails = lambda asked: Say(outcome, status=status) if asked.path.endswith(refused) else None
        assert await desk.push() == [Fault("Observation", "", reason)]
        (op,) = await desk.ops()
        assert (op.lid, op.state, op.reason, op.status) == (refused, "quarantined", reason, status)
        assert op.told == "Date manquante"
        assert list(shelf.kept) == [f"Observation/{accepted}"]
        desk.wait(days=1)
        await desk.push()
        assert len(shelf.asked) == 2

    tell(tmp_path, story)


def test_what_depends_on_a_refused_change_waits_with_it_and_follows_it(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        needed = await desk.create(make_measure(1))
        member = {"reference": f"urn:uuid:{needed}"}
        group = await desk.create(make_measure(2, hasMember=[member]))
        shelf.fails = only("PUT", Say(status=422))
        await desk.push()
        assert len(shelf.asked) == 1
        shelf.fails = lambda asked: None
        await desk.database.write(release, needed, 0)
        await desk.push(POSTING)
        assert await desk.ops() == []
        rid = (await desk.stored(needed)).rid
        assert shelf.now(f"Observation/{(await desk.stored(group)).rid}")["hasMember"] == [
            {"reference": f"Observation/{rid}"}
        ]

    tell(tmp_path, story)


def test_what_another_record_forbids_is_tried_again_after_that_one_was_sent(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        needed, needing = [await desk.create(make_measure(value)) for value in (1, 2)]
        await desk.push()
        forbidden = Say(status=409)
        shelf.fails = lambda asked: (
            forbidden if asked.method == "DELETE" and asked.path.endswith(needed) and shelf.kept[key][-1] else None
        )
        key = f"Observation/{needing}"
        for lid in (needed, needing):
            await desk.delete(lid)
        assert await desk.push() == [Fault("Observation", needed, Reason.STILL_NEEDED)]
        desk.wait(seconds=2)
        assert await desk.push() == []
        assert await desk.ops() == []

    tell(tmp_path, story)


@pytest.mark.parametrize(("change", "reason"), [("update", Reason.NOT_ACCEPTED), ("delete", Reason.STILL_NEEDED)])
def test_what_another_record_still_forbids_waits_aside(tmp_path: Path, change: str, reason: Reason) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await (desk.change(lid, make_measure(71)) if change == "update" else desk.delete(lid))
        shelf.fails = lambda asked: None if asked.method == "GET" else Say(status=409)
        for _ in range(2):
            await desk.push()
            desk.wait(seconds=2)
        assert [(op.state, op.reason, op.status) for op in await desk.ops()] == [("quarantined", reason, 409)]

    tell(tmp_path, story)


def test_a_record_that_is_there_and_not_shown_yet_is_asked_for_again(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.create(make_measure())
        shelf.loses = only("PUT", CUT)
        with pytest.raises(Offline):
            await desk.push()
        shelf.fails = only("GET", Say(status=404))
        shelf.loses = lambda asked: None
        for _ in range(2):
            desk.wait(minutes=1)
            assert await desk.push() == [Fault("Observation", "", Reason.SERVER_FAULT)]
        shelf.fails = lambda asked: None
        desk.wait(minutes=1)
        assert await desk.push() == []
        assert await desk.ops() == []
        assert [len(versions) for versions in shelf.kept.values()] == [1]

    tell(tmp_path, story)


@pytest.mark.parametrize("status", [500, 307, 308])
def test_a_fault_of_the_server_puts_one_change_off_and_the_run_goes_on(tmp_path: Path, status: int) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        failing, accepted = await desk.create(make_measure(1)), await desk.create(make_measure(2))
        shelf.fails = lambda asked: Say(status=status) if asked.path.endswith(failing) else None
        assert await desk.push() == [Fault("Observation", "", Reason.SERVER_FAULT)]
        (op,) = await desk.ops()
        assert (op.lid, op.state, op.attempts) == (failing, "ready", 1)
        assert 0 <= op.next_at - desk.at.timestamp() <= 2
        assert list(shelf.kept) == [f"Observation/{accepted}"]
        shelf.fails = lambda asked: None
        desk.wait(seconds=2)
        await desk.push()
        assert len(shelf.kept) == 2

    tell(tmp_path, story)


@pytest.mark.parametrize("status", [408, 502, 504])
def test_a_server_that_cannot_be_reached_ends_the_run_and_puts_the_change_off(tmp_path: Path, status: int) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        for value in (1, 2):
            await desk.create(make_measure(value))
        shelf.fails = only("PUT", Say(status=status))
        with pytest.raises(Offline):
            await desk.push()
        assert len(shelf.asked) == 1
        assert [(op.state, op.attempts) for op in await desk.ops()] == [("ready", 1), ("ready", 0)]

    tell(tmp_path, story)


def test_without_a_network_everything_waits(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_desk(tmp_path, f"{closed_address()}/fhir") as desk:
            await desk.create(make_measure())
            with pytest.raises(Offline):
                await desk.push()
            (op,) = await desk.ops()
            assert (op.state, op.attempts) == ("ready", 1)

    asyncio.run(story())


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(tmp_path: Path, status: int) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.create(make_measure())
        shelf.fails = only("PUT", Say(status=status, headers={"retry-after": "120"}))
        with pytest.raises(Busy) as caught:
            await desk.push()
        assert caught.value.after == 120
        assert await desk.database.read(find_next_due) == desk.at.timestamp() + 120
        shelf.fails = lambda asked: None
        desk.wait(seconds=119)
        await desk.push()
        assert len(shelf.asked) == 1
        desk.wait(seconds=1)
        await desk.push()
        assert len(shelf.kept) == 1

    tell(tmp_path, story)


def test_the_end_of_the_session_keeps_what_waits(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        await desk.create(make_measure())
        shelf.fails = lambda asked: Say(status=401)
        with pytest.raises(SessionExpired):
            await desk.push()
        shelf.fails = lambda asked: None
        await desk.push()
        assert len(shelf.kept) == 1

    tell(tmp_path, story)


def test_changes_on_both_sides_of_one_record_are_merged_and_sent_in_the_same_run(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await desk.change(lid, make_measure(note=[{"text": "à jeun"}]))
        shelf.edit(f"Observation/{lid}", method={"text": "balance"})
        await desk.push()
        there = shelf.now(f"Observation/{lid}")
        assert (there["note"], there["method"]) == ([{"text": "à jeun"}], {"text": "balance"})
        assert (await desk.ops(), await desk.conflicts()) == ([], [])

    tell(tmp_path, story)


def test_what_only_a_person_can_decide_is_asked_and_not_sent(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await desk.change(lid, make_measure(71))
        shelf.edit(f"Observation/{lid}", valueQuantity={"value": 90, "unit": "kg"})
        await desk.push()
        assert [conflict.row.id for conflict in await desk.conflicts()] == [lid]
        assert await desk.ops() == []
        assert shelf.now(f"Observation/{lid}")["valueQuantity"]["value"] == 90

    tell(tmp_path, story)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_record_deleted_there_is_deleted_or_asked(tmp_path: Path, change: str) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await (desk.change(lid, make_measure(71)) if change == "update" else desk.delete(lid))
        shelf.kept[f"Observation/{lid}"].append(None)
        await desk.push()
        assert await desk.ops() == []
        assert [found.theirs for found in await desk.conflicts()] == ([None] if change == "update" else [])

    tell(tmp_path, story)


def test_a_record_created_and_removed_there_before_its_answer_came_is_asked(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        shelf.loses = only("PUT", CUT)
        with pytest.raises(Offline):
            await desk.push()
        shelf.kept[f"Observation/{lid}"].append(None)
        desk.wait(seconds=2)
        await desk.push()
        assert [found.theirs for found in await desk.conflicts()] == [None]
        assert len(shelf.writes) == 1

    tell(tmp_path, story)


def test_a_record_that_never_stops_changing_there_does_not_keep_the_run_from_ending(tmp_path: Path) -> None:
    async def story(desk: Desk, shelf: Shelf) -> None:
        lid = await desk.create(make_measure())
        await desk.push()
        await desk.change(lid, make_measure(71))
        count = itertools.count()
        shelf.fails = lambda asked: Say(shelf.edit(f"Observation/{lid}", device={"display": str(next(count))}))
        await desk.push()
        assert len(shelf.asked) == 1 + ROUNDS
        assert [op.state for op in await desk.ops()] == ["ready"]

    tell(tmp_path, story)


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


def test_how_far_the_sending_is_is_told(tmp_path: Path) -> None:
    async def story(desk: Desk, _: Shelf) -> None:
        for value in (1, 2):
            await desk.create(make_measure(value))
        await desk.push()
        assert [(told.done, told.total) for told in desk.told if isinstance(told, Running)][-3:] == [
            (0, 2), (1, 2), (2, 2)
        ]  # fmt: skip

    tell(tmp_path, story)
