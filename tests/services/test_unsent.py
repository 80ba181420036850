"""What the server does not have: told, taken out, and counted beside a vault that may never open again."""

import json
import math
import stat
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from mes_app.domain.record import Kind
from mes_app.errors import Reason, Unreadable
from mes_app.services.unsent import ChangeState, Operation, Unsent, UnsentChange, read_tally
from mes_app.store import edits
from mes_app.store.conflicts import list_kept
from mes_app.store.database import Connection, Database
from mes_app.store.edits import When, Written, create_record, delete_record
from mes_app.store.outbox import list_due, quarantine
from mes_app.store.pages import save_page
from mes_app.store.records import get_record
from mes_app.sync.conflicts import merge_versions
from tests.services.pens import NOON, Desk, at_desk
from tests.store.samples import CHILD, PARENT, make_incoming, save_one

T = TypeVar("T")

BODY = '{"resourceType":"AllergyIntolerance",  "unknown":{"value":1.50},"é":"à"}'.encode()


def change_record(con: Connection, rid: str, operations: str, *, pid: str = PARENT.pid, body: bytes = BODY) -> str:
    """A record of the server, or one made here (C), with what was then done to it."""
    item = make_incoming(rid, title=rid, resource_type="AllergyIntolerance", kind=Kind.ALLERGIES)
    written = Written(item.type, body, item.overview)
    when = When(datetime(2024, 6, 1, 12, tzinfo=UTC), 0)
    record_id = create_record(con, pid, written, when) if operations[0] == "C" else save_one(con, pid, item)
    for operation in operations.removeprefix("C"):
        if operation == "D":
            delete_record(con, record_id, when)
        else:
            edits.change_record(con, record_id, written, when)
    return record_id


def run(folder: Path, scenario: Callable[[Database, Unsent], Awaitable[T]]) -> T:
    async def story(desk: Desk) -> T:
        return await scenario(desk.database, await Unsent.open(desk.pen, folder / "unsent.json"))

    return at_desk(folder, story)


def test_changes_are_listed_in_their_order_with_whose_they_are(tmp_path: Path) -> None:
    async def scenario(database: Database, unsent: Unsent) -> None:
        assert await unsent.list() == []
        pollen = await database.write(change_record, "Pollen", "C")
        milk = await database.write(change_record, "Lait", "U", pid=CHILD.pid)
        nickel = await database.write(change_record, "Nickel", "UD")
        assert await unsent.list() == [
            UnsentChange(PARENT.pid, Kind.ALLERGIES, "Pollen", Operation.CREATED, pollen),
            UnsentChange(CHILD.pid, Kind.ALLERGIES, "Lait", Operation.CHANGED, milk),
            UnsentChange(PARENT.pid, Kind.ALLERGIES, "Nickel", Operation.DELETED, nickel),
        ]

    run(tmp_path, scenario)


def refuse(con: Connection, record_id: str) -> None:
    op = next(op for op in list_due(con, PARENT.pid, math.inf) if op.lid == record_id)
    quarantine(con, op, Reason.NOT_ACCEPTED, 422, "Date manquante")


def test_a_refused_change_says_why_and_is_sent_again_or_given_up(tmp_path: Path) -> None:
    async def scenario(database: Database, unsent: Unsent) -> None:
        record_id = await database.write(change_record, "Pollen", "U")
        await database.write(refuse, record_id)
        (change,) = await unsent.list()
        assert (change.state, change.reason) == (ChangeState.REFUSED, Reason.NOT_ACCEPTED)
        assert change.told == "Date manquante"
        assert await database.read(list_due, PARENT.pid, math.inf) == []

        await unsent.retry(record_id)
        (change,) = await unsent.list()
        assert (change.state, change.reason) == (ChangeState.WAITING, None)
        assert await database.read(list_due, PARENT.pid, NOON.timestamp())

        await unsent.drop(record_id)
        assert await unsent.list() == []
        assert (await database.read(get_record, record_id)).body == b"{}"
        assert [kept.body for kept in await database.read(list_kept, PARENT.pid)] == [BODY]

    run(tmp_path, scenario)


def test_one_change_is_exported_alone(tmp_path: Path) -> None:
    async def scenario(database: Database, unsent: Unsent) -> None:
        await database.write(change_record, "Pollen", "C")
        milk = await database.write(change_record, "Lait", "U")
        bundle = json.loads((await unsent.export(milk)).data)
        assert [entry["fullUrl"] for entry in bundle["entry"]] == [f"urn:uuid:{milk}"]

    run(tmp_path, scenario)


def test_the_export_is_a_transaction_with_each_body_as_it_was_written(tmp_path: Path) -> None:
    async def scenario(database: Database, unsent: Unsent) -> None:
        made = await database.write(change_record, "made", "CU")
        changed = await database.write(change_record, "changed", "UU")
        await database.write(change_record, "removed", "UD")
        await database.write(change_record, "never", "CD")
        content = await unsent.export()
        assert (content.content_type, content.file_name) == ("application/fhir+json", "modifications.json")
        assert content.data.count(BODY) == 2
        address = "AllergyIntolerance"
        assert json.loads(content.data) == {
            "resourceType": "Bundle",
            "type": "transaction",
            "entry": [
                {
                    "fullUrl": f"urn:uuid:{made}",
                    "resource": json.loads(BODY),
                    "request": {"method": "POST", "url": address},
                },
                {
                    "fullUrl": f"urn:uuid:{changed}",
                    "resource": json.loads(BODY),
                    "request": {"method": "PUT", "url": f"{address}/changed"},
                },
                {"request": {"method": "DELETE", "url": f"{address}/removed"}},
            ],
        }

    run(tmp_path, scenario)


def test_the_tally_follows_each_commit_and_says_nothing_of_anybody(tmp_path: Path) -> None:
    path = tmp_path / "unsent.json"

    async def scenario(database: Database, _: Unsent) -> None:
        assert read_tally(path) == 0
        record_id = await database.write(change_record, "Pollen", "U")
        await database.write(change_record, "Lait", "U")
        assert path.read_bytes() == b'{"unsent":2,"last":"2024-06-01"}'
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        await database.write(acknowledge, record_id)
        assert read_tally(path) == 1

    run(tmp_path, scenario)


def acknowledge(con: Connection, record_id: str) -> None:
    con.execute("DELETE FROM outbox WHERE lid = ?", (record_id,))
    con.touch(PARENT.pid, Kind.ALLERGIES)


def test_a_change_that_leaves_the_outbox_alone_leaves_the_tally_alone(tmp_path: Path) -> None:
    async def scenario(database: Database, _: Unsent) -> None:
        before = (tmp_path / "unsent.json").stat().st_ino
        await database.write(save_page, PARENT.pid, [make_incoming()], merge=merge_versions)
        assert (tmp_path / "unsent.json").stat().st_ino == before

    run(tmp_path, scenario)


def test_a_tally_that_cannot_be_written_undoes_the_change(tmp_path: Path) -> None:
    path = tmp_path / "unsent.json"

    async def scenario(database: Database, unsent: Unsent) -> None:
        path.unlink()
        path.mkdir()
        with pytest.raises(Unreadable):
            await database.write(change_record, "Pollen", "C")
        path.rmdir()
        assert await unsent.list() == []
        await database.write(change_record, "Pollen", "C")
        assert read_tally(path) == 1

    run(tmp_path, scenario)


def test_a_tally_told_before_a_change_that_failed_is_put_right_by_the_next_one(tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise Unreadable(Reason.DISK_FULL)

    async def scenario(database: Database, _: Unsent) -> None:
        stop = database.before_commit(refuse)
        with pytest.raises(Unreadable):
            await database.write(change_record, "Pollen", "C")
        stop()
        await database.write(save_page, PARENT.pid, [make_incoming()], merge=merge_versions)
        assert read_tally(tmp_path / "unsent.json") == 0

    run(tmp_path, scenario)


@pytest.mark.parametrize("wrong", [None, b'{"unsent":9,"last":null}'])
def test_opening_the_vault_makes_the_tally_true(tmp_path: Path, wrong: bytes | None) -> None:
    path = tmp_path / "unsent.json"

    async def scenario(database: Database, _: Unsent) -> None:
        await database.write(change_record, "Pollen", "C")

    async def look(_database: Database, _: Unsent) -> int | None:
        return read_tally(path)

    run(tmp_path, scenario)
    path.unlink()
    if wrong:
        path.write_bytes(wrong)
    assert run(tmp_path, look) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[1]",
        b'{"unsent":-1,"last":null}',
        b'{"unsent":true,"last":null}',
        b'{"unsent":1,"last":"soon"}',
        b"[" * 100_000,
        b'{"x":' * 100_000,
    ],
)
def test_a_tally_that_is_not_one_is_unknown(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "unsent.json"
    path.write_bytes(content)
    assert read_tally(path) is None


def test_a_tally_that_is_missing_is_unknown(tmp_path: Path) -> None:
    assert read_tally(tmp_path / "none" / "unsent.json") is None
    assert read_tally(tmp_path) is None
