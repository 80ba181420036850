"""The database: one thread, all or nothing, and news of what changed."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest

from mes_app.domain.record import Change, Kind
from mes_app.errors import Locked, Reason, Unreadable
from mes_app.store.database import Connection, Database
from mes_app.store.preferences import get_preference, put_preference
from tests.store.samples import make_key

T = TypeVar("T")

FOREVER = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
CHANGE = Change("parent", Kind.DOCUMENTS)


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
