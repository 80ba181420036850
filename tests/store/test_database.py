"""The database: one thread, all or nothing, and news of what changed."""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import pytest

from mes_app.crypto.secret import Secret
from mes_app.domain.record import Change, Kind
from mes_app.errors import Locked, Reason, Unreadable
from mes_app.store.database import Connection, Database
from mes_app.store.openers import PAGE_SIZE
from mes_app.store.preferences import get_preference, put_preference
from tests.store.disks import LARGER_THAN_ANY, files_no_longer_than
from tests.store.samples import make_key

T = TypeVar("T")

FOREVER = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
CHANGE = Change("parent", Kind.DOCUMENTS)
OTHER_KEY = bytes(range(60, 92))


def run_open(path: Path, scenario: Callable[[Database], Awaitable[T]]) -> T:
    create = not path.exists()

    async def run() -> T:
        database = await Database.open(path, make_key(), create=create)
        try:
            return await scenario(database)
        finally:
            await database.close()

    return asyncio.run(run())


def put_touching(con: Connection, value: object) -> None:
    put_preference(con, "name", value)
    con.touch(CHANGE.profile, CHANGE.kind)


def put_and_fail(con: Connection) -> NoReturn:
    put_touching(con, "half")
    raise Unreadable(Reason.TRUNCATED)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dossier santé é.db"


def test_what_is_written_is_there_after_reopening(path: Path) -> None:
    run_open(path, lambda database: database.write(put_preference, "name", "é"))
    assert run_open(path, lambda database: database.read(get_preference, "name")) == "é"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_queries_run_on_one_thread_that_is_not_the_caller_s(path: Path) -> None:
    async def scenario(database: Database) -> set[int]:
        return set(await asyncio.gather(*(database.read(lambda _: threading.get_ident()) for _ in range(5))))

    (thread,) = run_open(path, scenario)
    assert thread != threading.get_ident()


def test_a_change_that_fails_leaves_nothing_and_tells_nobody(path: Path) -> None:
    async def scenario(database: Database) -> tuple[object, list[frozenset[Change]]]:
        heard: list[frozenset[Change]] = []
        database.subscribe(heard.append)
        with pytest.raises(Unreadable):
            await database.write(put_and_fail)
        await database.write(put_preference, "other", 1)
        return await database.read(get_preference, "name"), heard

    assert run_open(path, scenario) == (None, [])


def test_listeners_hear_of_a_commit_on_the_event_loop_before_the_writer_goes_on(path: Path) -> None:
    async def scenario(database: Database) -> None:
        heard: list[tuple[frozenset[Change], int]] = []
        unsubscribe = database.subscribe(lambda changes: heard.append((changes, threading.get_ident())))
        await database.write(put_touching, 1)
        assert heard == [(frozenset({CHANGE}), threading.get_ident())]
        unsubscribe()
        await database.write(put_touching, 2)
        assert len(heard) == 1

    run_open(path, scenario)


def test_a_writer_that_no_longer_waits_does_not_silence_its_change(path: Path) -> None:
    async def scenario(database: Database) -> None:
        heard = asyncio.Event()
        database.subscribe(lambda _: heard.set())
        started, go_on = threading.Event(), threading.Event()

        def change(con: Connection) -> None:
            started.set()
            go_on.wait()
            put_touching(con, 1)

        writer = asyncio.create_task(database.write(change))
        await asyncio.to_thread(started.wait)
        writer.cancel()
        go_on.set()
        await heard.wait()

    run_open(path, scenario)


def test_closing_interrupts_a_long_query_which_says_that_the_vault_is_locked(path: Path) -> None:
    async def scenario() -> Locked:
        database = await Database.open(path, make_key(), create=True)
        started = threading.Event()

        def count_forever(con: Connection) -> None:
            started.set()
            con.execute(FOREVER).fetchall()

        reader = asyncio.create_task(database.read(count_forever))
        await asyncio.to_thread(started.wait)
        await database.close()
        with pytest.raises(Locked) as locked:
            await reader
        return locked.value

    assert asyncio.run(scenario()).reason is Reason.VAULT_LOCKED


def test_closing_in_the_middle_of_a_change_undoes_it(path: Path) -> None:
    async def scenario() -> None:
        database = await Database.open(path, make_key(), create=True)
        half, go_on = threading.Event(), threading.Event()

        def change(con: Connection) -> None:
            put_preference(con, "name", "half")
            half.set()
            go_on.wait()
            put_preference(con, "other", "never")

        writer = asyncio.create_task(database.write(change))
        await asyncio.to_thread(half.wait)
        closer = asyncio.create_task(database.close())
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(Locked):
            await writer
        await closer

    asyncio.run(scenario())
    assert run_open(path, lambda database: database.read(get_preference, "name")) is None


def test_a_closed_store_answers_that_the_vault_is_locked_and_closes_again(path: Path) -> None:
    async def scenario(database: Database) -> None:
        await database.close()
        with pytest.raises(Locked):
            await database.read(get_preference, "name")
        with pytest.raises(Locked):
            await database.write(put_preference, "name", 1)

    run_open(path, scenario)


def test_closing_leaves_one_file_and_no_write_ahead_log(path: Path) -> None:
    async def scenario(database: Database) -> None:
        await database.write(put_preference, "name", "x" * 10_000)
        assert path.with_name(path.name + "-wal").exists()

    run_open(path, scenario)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_full_disk_undoes_the_change_and_harms_nothing(path: Path) -> None:
    async def scenario(database: Database) -> object:
        await database.write(put_preference, "name", "before")
        await database.read(lambda con: con.execute("PRAGMA max_page_count = 60").fetchall())
        with pytest.raises(Unreadable) as full:
            await database.write(put_preference, "name", "x" * 1_000_000)
        assert full.value.reason is Reason.DISK_FULL
        await database.write(put_preference, "small", 1)
        return await database.read(get_preference, "name")

    assert run_open(path, scenario) == "before"


def test_a_store_that_another_process_writes_is_open_elsewhere(path: Path) -> None:
    async def scenario(database: Database) -> None:
        other = await Database.open(path, make_key())
        await other.read(lambda con: con.execute("PRAGMA busy_timeout = 0").fetchall())
        await database.read(lambda con: con.execute("BEGIN IMMEDIATE").fetchall())
        with pytest.raises(Locked) as busy:
            await other.write(put_preference, "name", 1)
        assert busy.value.reason is Reason.OPEN_ELSEWHERE
        await database.read(lambda con: con.execute("ROLLBACK").fetchall())
        await other.close()

    run_open(path, scenario)


async def open_with_other_key(path: Path) -> Database:
    with Secret(bytearray(OTHER_KEY)) as key:
        return await Database.open(path, key)


def put_much(con: Connection) -> None:
    con.execute("CREATE TABLE large (content BLOB)")
    con.executemany("INSERT INTO large VALUES (randomblob(?))", [(100_000,)] * 60)


def test_a_hook_runs_in_each_change_that_touches_something_until_it_is_taken_off(path: Path) -> None:
    async def scenario(database: Database) -> None:
        heard: list[tuple[object, frozenset[Change]]] = []
        stop = database.before_commit(lambda con, changes: heard.append((get_preference(con, "name"), changes)))
        await database.write(put_touching, 1)
        await database.write(put_preference, "name", 2)
        stop()
        await database.write(put_touching, 3)
        assert heard == [(1, frozenset({CHANGE}))]

    run_open(path, scenario)


def test_a_hook_that_fails_undoes_the_change_and_tells_nobody(path: Path) -> None:
    async def scenario(database: Database) -> object:
        heard: list[frozenset[Change]] = []
        database.subscribe(heard.append)

        def refuse(_con: Connection, _changes: frozenset[Change]) -> NoReturn:
            raise Unreadable(Reason.DISK_FULL)

        database.before_commit(refuse)
        with pytest.raises(Unreadable):
            await database.write(put_touching, 1)
        assert heard == []
        return await database.read(get_preference, "name")

    assert run_open(path, scenario) is None


def change_byte(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_s3_a_check_tells_a_page_that_was_changed_under_an_open_store(path: Path) -> None:
    async def scenario(database: Database) -> None:
        await database.write(put_much)
        await database.check()
        change_byte(path, 30 * PAGE_SIZE)
        with pytest.raises(Unreadable) as found:
            await database.check()
        assert found.value.reason is Reason.DAMAGED

    run_open(path, scenario)


def test_after_a_change_of_key_the_store_goes_on_and_opens_with_the_new_one_only(path: Path) -> None:
    async def scenario(database: Database) -> None:
        await database.write(put_preference, "name", "before")
        with Secret(bytearray(OTHER_KEY)) as key:
            await database.change_key(key)
        await database.write(put_preference, "name", "after")
        await database.check()
        await database.close()
        with pytest.raises(Unreadable):
            await Database.open(path, make_key())
        reopened = await open_with_other_key(path)
        assert await reopened.read(get_preference, "name") == "after"
        await reopened.close()

    run_open(path, scenario)


def test_a_change_of_key_that_the_disk_does_not_take_ends_the_use_of_the_store_which_keeps_its_former_key(
    path: Path,
) -> None:
    async def scenario(database: Database) -> None:
        await database.write(put_much)
        with files_no_longer_than(1_000_000), pytest.raises(Unreadable):
            await database.change_key(Secret(bytearray(OTHER_KEY)))
        with pytest.raises(Locked):
            await database.read(get_preference, "name")

    run_open(path, scenario)
    run_open(path, Database.check)


def test_a_change_of_key_that_has_no_room_is_not_begun_and_ends_nothing(path: Path) -> None:
    async def scenario(database: Database) -> None:
        await database.write(put_preference, "name", 1)
        await database.read(lambda con: con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
        size = await database.read(lambda con: con.execute("PRAGMA page_count").fetchone()[0] * PAGE_SIZE)
        os.truncate(path, LARGER_THAN_ANY)
        with pytest.raises(Unreadable) as refused:
            await database.change_key(Secret(bytearray(OTHER_KEY)))
        os.truncate(path, size)
        assert refused.value.reason is Reason.DISK_FULL
        assert await database.read(get_preference, "name") == 1

    run_open(path, scenario)
    run_open(path, Database.check)


async def begin_copy(
    database: Database, path: Path, *jobs: Coroutine[Any, Any, T]
) -> tuple["asyncio.Task[None]", list["asyncio.Task[T]"]]:
    """A copy under way, and ``jobs`` that will be let in, whatever the pace of this machine."""
    go_on = threading.Event()
    earlier = asyncio.create_task(database.read(lambda _: go_on.wait()))
    await asyncio.sleep(0)
    copying = asyncio.create_task(database.copy_to(path, Secret(bytearray(OTHER_KEY))))
    await asyncio.sleep(0)
    let_in = [asyncio.create_task(job) for job in jobs]
    await asyncio.sleep(0)
    go_on.set()
    await earlier
    return copying, let_in


def test_reads_and_writes_go_on_during_a_copy(path: Path) -> None:
    async def scenario(database: Database) -> None:
        await database.write(put_much)
        copied = path.with_name("copy.db")
        ended: list[object] = []

        async def end(name: str, job: Awaitable[object]) -> object:
            result = await job
            ended.append(name)
            return result

        copying, (writing, reading) = await begin_copy(
            database,
            copied,
            end("write", database.write(put_touching, "during")),
            end("read", database.read(get_preference, "name")),
        )
        await end("copy", copying)
        assert ended == ["write", "read", "copy"]
        assert (writing.result(), reading.result()) == (None, "during")
        copy = await open_with_other_key(copied)
        await copy.check()
        assert await copy.read(get_preference, "name") == "during"
        await copy.close()

    run_open(path, scenario)


@pytest.mark.parametrize("way", ["cancel", "close"])
def test_a_copy_that_is_cancelled_or_overtaken_by_the_lock_ends_at_once_and_leaves_no_file(
    path: Path, way: str
) -> None:
    async def scenario(database: Database) -> None:
        await database.write(put_much)
        halfway, go_on = threading.Event(), threading.Event()

        def halt(_: Connection) -> None:
            halfway.set()
            go_on.wait()

        copying, (halting,) = await begin_copy(database, path.with_name("copy.db"), database.read(halt))
        await asyncio.to_thread(halfway.wait)
        ending = asyncio.create_task(database.close()) if way == "close" else None
        if way == "cancel":
            copying.cancel()
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(asyncio.CancelledError if way == "cancel" else Locked):
            await copying
        await halting
        if ending:
            await ending
        assert list(path.parent.glob("copy*")) == []

    run_open(path, scenario)


def test_a_change_of_key_never_comes_in_the_middle_of_a_copy(path: Path) -> None:
    async def scenario(database: Database) -> None:
        await database.write(put_much)
        copied, new_key = path.with_name("copy.db"), Secret(bytearray(OTHER_KEY))
        await asyncio.gather(database.copy_to(copied, new_key), database.change_key(new_key))
        copy = await open_with_other_key(copied)
        await copy.check()
        await copy.close()
        await database.check()

    run_open(path, scenario)


def test_a_closed_store_takes_no_other_key_and_makes_no_copy(path: Path) -> None:
    async def scenario(database: Database) -> None:
        await database.close()
        for refused in (database.change_key(make_key()), database.copy_to(path.with_name("copy.db"), make_key())):
            with pytest.raises(Locked):
                await refused
        assert list(path.parent.glob("copy*")) == []

    run_open(path, scenario)
