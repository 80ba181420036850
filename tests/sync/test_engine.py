import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pytest

from mes_app.domain.record import ContentState, Kind
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.sync_status import Idle, Phase, Running, Stopped, SyncStatus
from mes_app.errors import Busy, Offline, Reason
from mes_app.services.syncing import Syncing
from mes_app.store.conflicts import list_conflicts
from mes_app.store.database import Connection, Database
from mes_app.store.edits import When, delete_record
from mes_app.store.outbox import list_pending
from mes_app.store.profiles import list_profiles
from mes_app.store.records import find_record, list_rows
from mes_app.sync.networks import Network
from tests.sync.backends import Backend
from tests.sync.faults import cut_after
from tests.sync.serving import NOW, Say, Scripted, connect, make_bundle, make_plain_server, make_record, served
from tests.sync.simulated import PATH, World, connected, delete, edit
from tests.sync.vaults import opened_syncing


def read_everything(con: Connection) -> list[list[tuple[object, ...]]]:
    tables = ("res", "body", "blob", "shared", "profile", "tomb")
    return [con.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]  # noqa: S608 (our own names)


def check_progress(steps: list[SyncStatus]) -> None:
    """Connecting, then the steps of each profile one after the other, then the contents."""
    running = [step for step in steps if isinstance(step, Running)]
    order = list(Phase)
    told = [(step.profile, step.phase) for step, _ in groupby(running, lambda step: replace(step, done=0, total=0))]
    assert len(told) == len(set(told))
    assert [phase for _, phase in told[1:-1]] == [Phase.RECORDS, Phase.CHECKING] * 3
    assert (told[0][1], told[-1][1]) == (order[0], order[-1])
    assert all(step.done <= step.total for step in running if step.total)
    for phase in (Phase.RECORDS, Phase.CHECKING, Phase.CONTENTS):
        last = [step for step in running if step.phase is phase][-1]
        assert last.done == last.total > 0


def test_a_family_is_pulled_whole_and_a_sync_without_news_changes_no_row(backend: Backend, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_syncing(tmp_path) as (syncing, database):
            await syncing.connect(await backend.enrol())
            steps: list[SyncStatus] = []
            syncing.subscribe(steps.append)
            end = await syncing.run()
            assert isinstance(end, Idle)
            assert end.faults == ()
            check_progress(steps)
            holder, *children = await database.read(list_profiles)
            assert (holder.name, holder.holder) == ("Camille Martin", True)
            assert {child.first_name for child in children} == {"Léo", "Jeanne"}
            assert len({profile.colour for profile in (holder, *children)}) == 3
            documents = await database.read(list_rows, holder.pid, Kind.DOCUMENTS)
            assert len(documents) > 40
            assert {row.content for row in documents} == {ContentState.STORED}
            await check_that_nothing_changes(syncing, database)

    asyncio.run(story())


async def check_that_nothing_changes(syncing: Syncing, database: Database) -> None:
    before = await database.read(read_everything)
    news: list[object] = []
    unsubscribe = database.subscribe(news.append)
    assert isinstance(await syncing.run(), Idle)
    unsubscribe()
    assert await database.read(read_everything) == before
    assert news == []


def test_the_shown_profile_is_pulled_first(tmp_path: Path) -> None:
    server = make_plain_server("Observation")
    server.paths["/fhir/Patient/p2"] = Say({"resourceType": "Patient", "id": "p2"})

    async def story(url: str) -> None:
        account = ServerAccount(fhir_base=f"{url}/fhir", sign_in=SignIn.PLAIN, patients=("p1", "p2"))
        async with opened_syncing(tmp_path) as (syncing, database):
            await syncing.connect(account)
            await syncing.run()
            await syncing.run(first=(await database.read(list_profiles))[-1].pid)

    with served(server) as url:
        asyncio.run(story(url))
    pages = [asked.query["patient"] for asked in server.asked if "_sort" in asked.query]
    assert pages == ["p1", "p2", "p2", "p1"]


def make_busy_server(url: str) -> dict[str, Say]:
    """Two pages of measures, one professional, one document with its content."""
    pages = {"1": ["a", "b"], "2": ["c", "d"]}
    measures = {
        page: [make_record(rid, performer=[{"reference": "Practitioner/d"}]) for rid in rids]
        for page, rids in pages.items()
    }
    document = {
        "resourceType": "DocumentReference",
        "id": "doc",
        "status": "current",
        "subject": {"reference": "Patient/p1"},
        "content": [{"attachment": {"contentType": "text/plain", "url": "Binary/b"}}],
    }
    return {
        "/fhir/Observation": Say(make_bundle(*measures["1"], following=f"{url}/fhir/more", total=4)),
        "/fhir/more": Say(make_bundle(*measures["2"], total=4)),
        "/fhir/Practitioner": Say(make_bundle({"resourceType": "Practitioner", "id": "d", "name": [{"text": "Dr D"}]})),
        "/fhir/DocumentReference": Say(make_bundle(document, total=1)),
        "/fhir/Binary/b": Say(
            {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": "Ym9uam91cg=="}
        ),
    }


@pytest.mark.parametrize("allowed", range(9))
def test_a_server_that_goes_down_at_any_step_stops_the_run_and_the_next_one_completes_it(
    tmp_path: Path, allowed: int
) -> None:
    server = make_plain_server("Observation", "DocumentReference")

    async def story(url: str) -> None:
        server.paths.update(make_busy_server(url))
        async with opened_syncing(tmp_path, cut_after(allowed)) as (syncing, _):
            await connect(syncing, url)
            end = await syncing.run()
            assert isinstance(end, Stopped)
            assert isinstance(end.error, Offline)
            assert (end.last_success is None) == (allowed < 8)
        async with opened_syncing(tmp_path) as (syncing, database):
            assert isinstance(await syncing.run(), Idle)
            counts = await database.read(
                lambda con: con.execute("SELECT type, count(*) FROM res GROUP BY 1").fetchall()
            )
            assert dict(counts) == {"Observation": 4, "DocumentReference": 1, "Patient": 1}
            states = await database.read(
                lambda con: con.execute("SELECT content FROM res WHERE content <> 'none'").fetchall()
            )
            assert states == [("stored",)]
            assert await database.read(lambda con: con.execute("SELECT count(*) FROM shared").fetchone()) == (1,)

    with served(server) as url:
        asyncio.run(story(url))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Say("<html><body>Bienvenue</body></html>", content_type="text/html"), Reason.NOT_FHIR),
        (Say("<html>", 500, content_type="text/html"), Reason.SERVER_FAULT),
        (Say('{"resourceType":"Bundle","entry":[{"resource":{"resour'), Reason.TRUNCATED),
        (Say({"resourceType": "OperationOutcome"}), Reason.NOT_FHIR),
        (Say({"resourceType": "OperationOutcome"}, 400), Reason.NOT_ACCEPTED),
    ],
    ids=["html", "500", "truncated", "no bundle", "refused"],
)
def test_one_type_that_cannot_be_read_stops_neither_the_others_nor_what_is_there(
    tmp_path: Path, answer: Say, reason: Reason
) -> None:
    server = make_plain_server("Observation", "DocumentReference")

    async def story(url: str) -> None:
        server.paths.update(make_busy_server(url))
        async with opened_syncing(tmp_path) as (syncing, database):
            await connect(syncing, url)
            await syncing.run()
            before = await database.read(read_everything)
            server.paths["/fhir/DocumentReference"] = answer
            server.paths["/fhir/Observation"] = Say(make_bundle(make_record("new")))
            end = await syncing.run()
            assert isinstance(end, Stopped)
            assert end.error
            assert end.error.reason is reason
            after = await database.read(read_everything)
            assert len(after[0]) == len(before[0]) + 1
            assert set(before[0]) <= set(after[0])

    with served(server) as url:
        asyncio.run(story(url))


def test_a_run_that_is_cancelled_keeps_what_it_brought(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(url: str) -> None:
        async with opened_syncing(tmp_path) as (syncing, database):
            await connect(syncing, url)
            run = asyncio.create_task(syncing.run())

            def stop_at_the_second_page(_asked: object) -> Say:
                loop.call_soon_threadsafe(second_page.set)
                return Say(make_bundle(make_record("c"), following=f"{url}/fhir/more?page=3"))

            loop, second_page = asyncio.get_running_loop(), asyncio.Event()
            server.paths["/fhir/Observation"] = Say(make_bundle(make_record("a"), following=f"{url}/fhir/more"))
            server.paths["/fhir/more"] = stop_at_the_second_page
            await second_page.wait()
            await syncing.cancel()
            end = await run
            assert end == Stopped(None, None)
            assert syncing.status == end
            stored = await database.read(lambda con: con.execute("SELECT rid FROM res").fetchall())
            assert ("a",) in stored

    with served(server) as url:
        asyncio.run(story(url))


def test_an_item_that_cannot_be_used_is_reported_beside_the_good_ones(tmp_path: Path) -> None:
    server: Scripted = make_plain_server("Observation")
    stranger = make_record("x", subject={"reference": "Patient/other"})
    page = make_bundle(
        make_record("good"), stranger, {"resourceType": "Martian", "id": "m"}, {"resourceType": "Observation"}
    )

    async def story(url: str) -> None:
        server.paths["/fhir/Observation"] = Say(page)
        async with opened_syncing(tmp_path) as (syncing, database):
            await connect(syncing, url)
            end = await syncing.run()
            assert isinstance(end, Idle)
            assert sorted((fault.type, fault.rid) for fault in end.faults) == [
                ("Martian", "m"),
                ("Observation", ""),
                ("Observation", "x"),
            ]
            stored = await database.read(lambda con: con.execute("SELECT rid FROM res ORDER BY 1").fetchall())
            assert stored == [("good",), ("p1",)]

    with served(server) as url:
        asyncio.run(story(url))


def test_what_was_changed_here_is_sent_before_what_changed_there_is_fetched(tmp_path: Path) -> None:
    world = World()
    world.put("a")
    steps: list[SyncStatus] = []

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            await edit(database, "a", due=world.time)
            syncing.subscribe(steps.append)
            assert isinstance(await syncing.run(), Idle)
            assert await database.read(list_pending) == []

    asyncio.run(story())
    sent, page = (next(n for n, asked in enumerate(world.asked) if part in asked) for part in ("PUT", "_sort"))
    assert sent < page
    phases = [phase for phase, _ in groupby(step.phase for step in steps if isinstance(step, Running))]
    assert phases == list(Phase)


def test_i9_after_any_changes_a_second_sync_writes_nothing_and_changes_no_row(tmp_path: Path) -> None:
    world = World()
    for rid in "abcd":
        world.put(rid)

    async def story() -> None:
        async with connected(world, tmp_path) as (syncing, database):
            await edit(database, "a", due=world.time)
            await delete(database, "b", due=world.time)
            await edit(database, "d", due=world.time)
            world.advance(hours=1)
            world.put("c", status="amended")
            world.put("d", valueQuantity={"value": 80, "unit": "kg"})
            world.put("e")
            await syncing.run()
            world.asked.clear()
            await check_that_nothing_changes(syncing, database)
            assert len(await database.read(list_conflicts)) == 1

    asyncio.run(story())
    assert {asked.split()[0] for asked in world.asked} == {"GET"}
    assert world.count(PATH) == 2


def test_a_server_that_wants_to_be_left_alone_is_asked_nothing_until_then(tmp_path: Path) -> None:
    server = make_plain_server("Observation")
    time = NOW

    async def story(url: str) -> None:
        nonlocal time
        async with opened_syncing(tmp_path, Network(now=lambda: time)) as (syncing, _):
            await connect(syncing, url)
            server.paths["/fhir/Observation"] = Say({}, 503, {"Retry-After": "600"})
            end = await syncing.run()
            assert isinstance(end, Stopped)
            assert isinstance(end.error, Busy)
            server.paths["/fhir/Observation"] = Say(make_bundle(total=0))
            server.asked.clear()
            time += timedelta(seconds=500)
            end = await syncing.run()
            assert isinstance(end, Stopped)
            assert isinstance(end.error, Busy)
            assert end.error.after == 100
            assert server.asked == []
            time += timedelta(seconds=100)
            assert isinstance(await syncing.run(), Idle)

    with served(server) as url:
        asyncio.run(story(url))


def test_a6_nothing_of_a_profile_whose_right_is_in_doubt_is_asked_or_sent_and_its_changes_stay_listed(
    tmp_path: Path,
) -> None:
    world = World()
    world.put("a")

    async def story() -> None:
        async with connected(world, tmp_path, "p2", "p1") as (syncing, database):
            parent, child = await database.read(list_profiles)
            stored = await database.read(find_record, child.pid, "Observation", "a")
            assert stored
            await database.write(delete_record, stored.row.id, When(NOW, 0))
            world.reach = frozenset({"p2"})
            await syncing.run()
            assert await database.read(list_profiles) == [parent]
            assert [change.rid for change in await database.read(list_pending)] == ["a"]
            world.reach = frozenset({"p1", "p2"})
            world.advance(hours=30)
            await syncing.run()
            assert await database.read(list_profiles) == [parent, child]
            assert await database.read(list_pending) == []

    asyncio.run(story())
    assert [asked for asked in world.asked if "DELETE" in asked] == [f"DELETE {PATH}/a"]


def test_professionals_are_asked_for_again_after_a_week(tmp_path: Path) -> None:
    server = make_plain_server("Observation")
    time = NOW

    async def story(url: str) -> None:
        nonlocal time
        server.paths.update(make_busy_server(url))
        async with opened_syncing(tmp_path, Network(now=lambda: time)) as (syncing, _):
            await connect(syncing, url)
            for days in (0, 6, 1):
                time += timedelta(days=days)
                assert isinstance(await syncing.run(), Idle)

    with served(server) as url:
        asyncio.run(story(url))
    assert len([asked for asked in server.asked if asked.path == "/fhir/Practitioner"]) == 2
