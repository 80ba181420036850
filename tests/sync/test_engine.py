import asyncio
from pathlib import Path

import pytest

from mes_app.domain.record import ContentState, Kind
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.sync_status import Idle, Phase, Running, Stopped, SyncStatus
from mes_app.errors import Offline, Reason
from mes_app.services.syncing import Syncing
from mes_app.store.database import Connection, Database
from mes_app.store.profiles import list_profiles
from mes_app.store.records import list_rows
from tests.sync.backends import Backend
from tests.sync.faults import cut_after
from tests.sync.serving import Say, Scripted, connect, make_bundle, make_plain_server, make_record, served
from tests.sync.vaults import opened_syncing


def read_everything(con: Connection) -> list[list[tuple[object, ...]]]:
    tables = ("res", "body", "blob", "shared", "profile", "tomb")
    return [con.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]  # noqa: S608 (our own names)


def check_progress(steps: list[SyncStatus]) -> None:
    running = [step for step in steps if isinstance(step, Running)]
    order = list(Phase)
    assert [step.phase for step in running] == sorted((step.phase for step in running), key=order.index)
    assert all(step.done <= step.total for step in running if step.total)
    for phase in (Phase.RECORDS, Phase.CONTENTS):
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
    assert [asked.query["patient"] for asked in server.asked if asked.query] == ["p1", "p2", "p2", "p1"]


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


@pytest.mark.parametrize("allowed", range(7))
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
            assert (end.last_success is None) == (allowed < 6)
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
            server.paths["/fhir/Observation"] = Say(make_bundle(make_record("new"), total=1))
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
