import asyncio
import signal
from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mes_app.domain.sync_status import Idle, Phase, Running, Stopped, SyncStatus
from mes_app.errors import Reason
from mes_app.services.syncing import Syncing
from mes_app.store.cursors import Cursor, get_cursor
from mes_app.store.database import Connection, Database
from mes_app.store.profiles import list_profiles
from mes_app.sync.networks import Network
from tests.forks import forked
from tests.sync import dying
from tests.sync.serving import NOW, Asked, Say, Scripted, connect, make_bundle, make_plain_server, make_record, served
from tests.sync.simulated import World, connected
from tests.sync.simulation.dialects import Dialect
from tests.sync.vaults import opened_syncing

SEARCH = "/fhir/Observation"
Story = Callable[[str, Syncing, Database], Awaitable[None]]


def play(folder: Path, server: Scripted, story: Story, now: datetime = NOW) -> None:
    """Run ``story`` with the address of ``server`` and a vault that is connected to it."""

    async def whole(url: str) -> None:
        async with opened_syncing(folder, Network(now=lambda: now)) as (syncing, database):
            await connect(syncing, url)
            await story(url, syncing, database)

    with served(server) as url:
        asyncio.run(whole(url))


def list_versions(con: Connection) -> dict[str, str]:
    return dict(con.execute("SELECT rid, ver FROM res WHERE type = 'Observation'").fetchall())


def asked_for(server: Scripted, path: str) -> list[Asked]:
    """The requests of the pull itself for ``path``, without those of the reconciliation that follows."""
    return [asked for asked in server.asked if asked.path == path and asked.query.get("_summary") != "count"]


async def read_cursor(database: Database) -> Cursor:
    profile = (await database.read(list_profiles))[0]
    return await database.read(get_cursor, profile.pid, "Observation")


def test_a_first_pass_asks_for_everything_newest_first_past_any_cache(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(_url: str, syncing: Syncing, database: Database) -> None:
        await syncing.run()
        assert await read_cursor(database) == Cursor(high=server.date.isoformat())

    play(tmp_path, server, story)
    [asked] = asked_for(server, SEARCH)
    assert asked.query == {"patient": "p1", "_sort": "-_lastUpdated", "_count": "200"}
    assert asked.headers["cache-control"] == "no-cache"


def test_the_next_pass_asks_from_the_clock_of_the_server_with_an_overlap(tmp_path: Path) -> None:
    server = make_plain_server("Observation")
    server.date = NOW - timedelta(days=400)

    async def story(_url: str, syncing: Syncing, _database: Database) -> None:
        await syncing.run()
        await syncing.run()

    play(tmp_path, server, story)
    since = (server.date - timedelta(seconds=300)).isoformat()
    assert asked_for(server, SEARCH)[1].query["_lastUpdated"] == f"ge{since}"


def test_a_record_changed_on_the_server_replaces_the_one_here(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(_url: str, syncing: Syncing, database: Database) -> None:
        for version in ("1", "2"):
            server.paths[SEARCH] = Say(make_bundle(make_record("a", version)))
            await syncing.run()
            assert await database.read(list_versions) == {"a": version}

    play(tmp_path, server, story)


def test_an_older_version_that_comes_late_changes_nothing(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(_url: str, syncing: Syncing, database: Database) -> None:
        for version in ("2", "1"):
            server.paths[SEARCH] = Say(make_bundle(make_record("a", version)))
            await syncing.run()
        assert await database.read(list_versions) == {"a": "2"}

    play(tmp_path, server, story)


def test_an_interrupted_pass_resumes_at_its_next_page_and_keeps_its_clock(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(url: str, syncing: Syncing, database: Database) -> None:
        server.paths[SEARCH] = Say(make_bundle(make_record("a"), following=f"{url}/fhir/more", total=2))
        server.paths["/fhir/more"] = [Say(b"{", promised=99), Say(make_bundle(make_record("b")))]
        assert isinstance(await syncing.run(), Stopped)
        assert (await read_cursor(database)).high == ""
        began, server.date = server.date, server.date + timedelta(minutes=5)
        assert isinstance(await syncing.run(), Idle)
        assert await read_cursor(database) == Cursor(high=began.isoformat())
        assert set(await database.read(list_versions)) == {"a", "b"}

    play(tmp_path, server, story)
    assert len(asked_for(server, SEARCH)) == 1


def test_a_link_that_is_half_an_hour_old_is_not_resumed(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def interrupt(url: str, syncing: Syncing, _database: Database) -> None:
        server.paths[SEARCH] = Say(make_bundle(make_record("a"), following=f"{url}/fhir/more", total=2))
        server.paths["/fhir/more"] = Say(b"{", promised=99)
        await syncing.run()

    async def resume(_url: str, syncing: Syncing, _database: Database) -> None:
        server.paths[SEARCH] = Say(make_bundle(make_record("a")))
        await syncing.run()

    play(tmp_path, server, interrupt)
    play(tmp_path, server, resume, NOW + timedelta(minutes=30))
    assert len(asked_for(server, "/fhir/more")) == 1
    assert len(asked_for(server, SEARCH)) == 2


def test_a_link_that_died_makes_the_pass_start_again(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(url: str, syncing: Syncing, database: Database) -> None:
        server.paths[SEARCH] = [
            Say(make_bundle(make_record("a"), following=f"{url}/fhir/more")),
            Say(make_bundle(make_record("a"), make_record("b"))),
        ]
        server.paths["/fhir/more"] = [Say(b"{", promised=99), Say({}, 410)]
        await syncing.run()
        assert isinstance(await syncing.run(), Idle)
        assert set(await database.read(list_versions)) == {"a", "b"}

    play(tmp_path, server, story)


def test_n4_pages_that_lead_back_to_themselves_are_left_and_what_came_is_kept(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(url: str, syncing: Syncing, database: Database) -> None:
        server.paths[SEARCH] = Say(make_bundle(make_record("a"), following=f"{url}/fhir/more"))
        server.paths["/fhir/more"] = Say(make_bundle(make_record("b"), following=f"{url}/fhir/more"))
        end = await syncing.run()
        assert isinstance(end, Stopped)
        assert end.error
        assert end.error.reason is Reason.PAGE_LOOP
        assert "a" in await database.read(list_versions)

    play(tmp_path, server, story)
    assert len(asked_for(server, "/fhir/more")) == 1


def test_n3_a_next_link_to_another_server_is_not_followed(tmp_path: Path) -> None:
    elsewhere, server = Scripted(), make_plain_server("Observation")

    async def story(_url: str, syncing: Syncing, _database: Database) -> None:
        with served(elsewhere) as foreign:
            server.paths[SEARCH] = Say(make_bundle(make_record("a"), following=f"{foreign}/fhir/more"))
            end = await syncing.run()
            assert isinstance(end, Stopped)
            assert end.error
            assert end.error.reason is Reason.FOREIGN_ADDRESS

    play(tmp_path, server, story)
    assert elsewhere.asked == []


@pytest.mark.parametrize(("total", "expected"), [(2, 2), (None, 2)], ids=["told", "asked for"])
def test_the_total_is_told_by_the_page_or_asked_for_once(tmp_path: Path, total: int | None, expected: int) -> None:
    server = make_plain_server("Observation")
    steps: list[SyncStatus] = []

    async def story(url: str, syncing: Syncing, _database: Database) -> None:
        def search(asked: Asked) -> Say:
            if asked.query.get("_summary") == "count":
                return Say(make_bundle(total=2))
            return Say(make_bundle(make_record("a"), following=f"{url}/fhir/more", total=total))

        server.paths[SEARCH] = search
        server.paths["/fhir/more"] = Say(make_bundle(make_record("b"), total=total))
        syncing.subscribe(steps.append)
        await syncing.run()

    play(tmp_path, server, story)
    running = [step for step in steps if isinstance(step, Running) and step.phase is Phase.RECORDS and step.done]
    assert [(step.done, step.total) for step in running] == [(1, expected), (2, expected)]
    counts = [asked for asked in server.asked if asked.query.get("_summary") == "count"]
    assert len(counts) == (1 if total else 2)


def test_a_first_pass_marks_only_recent_documents_as_unread_and_later_ones_all(tmp_path: Path) -> None:
    server = make_plain_server("DocumentReference")

    def make_document(rid: str, created: str) -> dict[str, object]:
        data = b64encode(rid.encode()).decode()
        attachment = {"contentType": "text/plain", "creation": created, "data": data}
        subject = {"reference": "Patient/p1"}
        return {
            "resourceType": "DocumentReference",
            "id": rid,
            "subject": subject,
            "content": [{"attachment": attachment}],
        }

    async def story(_url: str, syncing: Syncing, database: Database) -> None:
        server.paths["/fhir/DocumentReference"] = Say(
            make_bundle(make_document("old", "2019-01-01"), make_document("recent", "2026-11-19"))
        )
        await syncing.run()
        server.paths["/fhir/DocumentReference"] = Say(make_bundle(make_document("late", "2018-01-01")))
        await syncing.run()
        sql = "SELECT rid FROM res WHERE unread = 1 ORDER BY rid"
        assert await database.read(lambda con: con.execute(sql).fetchall()) == [("late",), ("recent",)]

    play(tmp_path, server, story)


@pytest.mark.parametrize("act", ["written", "deleted", "updated"])
def test_what_moves_between_two_pages_is_neither_lost_nor_doubled(tmp_path: Path, act: str) -> None:
    world = World(Dialect(page_limit=2, live_paging=True))

    def meddle() -> None:
        if act == "deleted":
            world.remove("r5")
        else:
            world.put("r0" if act == "updated" else "r6", status="amended")

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            world.advance(hours=1)
            for number in range(6):
                world.put(f"r{number}")
                world.advance(seconds=1)
            world.meanwhile["_offset=2"] = meddle
            await syncing.run()
            await syncing.run()
            live = {key[1]: version.ver for key, version in world.server.histories.list_live("Observation")}
            assert await database.read(list_versions) == live

    asyncio.run(story())


@pytest.mark.parametrize("commits", [0, 2, 4])
def test_a_process_killed_between_pages_loses_nothing(tmp_path: Path, commits: int) -> None:
    server = make_plain_server("Observation")

    async def story(_url: str, syncing: Syncing, database: Database) -> None:
        assert isinstance(await syncing.run(), Idle)
        assert set(await database.read(list_versions)) == {f"r{number}" for number in range(6)}
        assert (await read_cursor(database)).high

    with served(server) as url:
        for number in range(6):
            following = f"{url}/fhir/page{number + 1}" if number < 5 else ""
            path = f"/fhir/page{number}" if number else SEARCH
            server.paths[path] = Say(make_bundle(make_record(f"r{number}"), following=following))
        with forked(dying.sync, tmp_path, url, commits) as killed:
            assert killed.wait() == -signal.SIGKILL

        async def resume() -> None:
            async with opened_syncing(tmp_path, Network(now=lambda: NOW)) as (syncing, database):
                await story(url, syncing, database)

        asyncio.run(resume())
