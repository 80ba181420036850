"""What a server refuses waits aside, and holds up only what depends on it."""

from pathlib import Path

import pytest

from mes_app.domain.sync_status import Fault
from mes_app.errors import Reason
from mes_app.store.outbox import release
from tests.sync.pushing import (
    POSTING,
    Desk,
    make_measure,
)
from tests.sync.serving import Say
from tests.sync.shelves import Shelf, only, tell


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
