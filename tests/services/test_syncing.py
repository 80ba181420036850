import asyncio
from pathlib import Path

import pytest

from mes_app.domain.sync_status import Idle, Phase, Running, Stopped, SyncStatus
from mes_app.errors import Locked, NotAllowed, Reason, SessionExpired
from mes_app.store.database import Database
from mes_app.store.profiles import list_profiles
from mes_app.sync.networks import Network
from tests.sync.serving import NOW, Asked, Say, connect, make_bundle, make_plain_server, make_record, served
from tests.sync.vaults import opened_syncing


async def count_records(database: Database) -> int:
    return int(await database.read(lambda con: con.execute("SELECT count(*) FROM res").fetchone()[0]))


def test_without_a_server_there_is_nothing_to_sync(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_syncing(tmp_path) as (syncing, _):
            assert syncing.status == Idle()
            assert await syncing.account() is None
            with pytest.raises(NotAllowed) as caught:
                await syncing.run()
            assert caught.value.reason is Reason.NO_SERVER

    asyncio.run(story())


def test_a_run_tells_its_steps_and_the_next_session_knows_when_it_succeeded(tmp_path: Path) -> None:
    network = Network(now=lambda: NOW)

    async def story(url: str) -> None:
        steps: list[SyncStatus] = []
        async with opened_syncing(tmp_path, network) as (syncing, _):
            await connect(syncing, url)
            unsubscribe = syncing.subscribe(steps.append)
            assert await syncing.run() == Idle(NOW)
            assert steps[0] == Running(Phase.CONNECTING)
            assert steps[-1] == syncing.status == Idle(NOW)
            unsubscribe()
            await syncing.run()
            assert steps[-1] == Idle(NOW)
            assert steps.count(Running(Phase.CONNECTING)) == 1
        async with opened_syncing(tmp_path, network) as (syncing, _):
            assert syncing.status == Idle(NOW)

    with served(make_plain_server("Observation")) as url:
        asyncio.run(story(url))


def test_a_thorough_run_takes_the_place_of_the_one_under_way_and_compares_what_counts_do_not_tell(
    tmp_path: Path,
) -> None:
    server = make_plain_server("Observation")
    server.paths["/fhir/Observation"] = Say(make_bundle(make_record(), total=1))

    def count_comparisons() -> int:
        return len([asked for asked in server.asked if "_elements" in asked.query])

    async def story(url: str) -> None:
        async with opened_syncing(tmp_path, Network(now=lambda: NOW)) as (syncing, _):
            await connect(syncing, url)
            assert isinstance(await syncing.run(), Idle)
            assert count_comparisons() == 0
            begun = asyncio.Event()
            syncing.subscribe(lambda _: begun.set())
            usual = asyncio.create_task(syncing.run())
            await begun.wait()
            assert isinstance(await syncing.run(thorough=True), Idle)
            assert await usual == Stopped(None, NOW)
            assert count_comparisons() == 1

    with served(server) as url:
        asyncio.run(story(url))


def test_two_calls_share_one_run(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(url: str) -> None:
        async with opened_syncing(tmp_path) as (syncing, _):
            await connect(syncing, url)
            ends = await asyncio.gather(syncing.run(), syncing.run())
            assert ends[0] is ends[1]

    with served(server) as url:
        asyncio.run(story(url))
    assert [asked.path for asked in server.asked].count("/fhir/Patient/p1") == 1


def test_who_no_longer_waits_for_a_run_does_not_end_it(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        async with opened_syncing(tmp_path) as (syncing, database):
            await connect(syncing, url)
            waiting = asyncio.create_task(syncing.run())
            await asyncio.sleep(0)
            waiting.cancel()
            assert isinstance(await syncing.run(), Idle)
            assert await count_records(database) == 1

    with served(make_plain_server("Observation")) as url:
        asyncio.run(story(url))


def test_cancelling_when_nothing_runs_is_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_syncing(tmp_path) as (syncing, _):
            await syncing.cancel()
            assert syncing.status == Idle()

    asyncio.run(story())


def test_a6_a_session_that_ended_stops_the_run_and_hides_nothing(tmp_path: Path) -> None:
    server = make_plain_server("Observation")
    server.paths["/fhir/Observation"] = Say(make_bundle(make_record("a")))

    async def story(url: str) -> None:
        async with opened_syncing(tmp_path) as (syncing, database):
            await connect(syncing, url)
            await syncing.run()
            server.paths["/fhir/Patient/p1"] = Say({}, 401)
            end = await syncing.run()
            assert isinstance(end, Stopped)
            assert isinstance(end.error, SessionExpired)
            assert end.last_success
            assert await count_records(database) == 2
            assert len(await database.read(list_profiles)) == 1

    with served(server) as url:
        asyncio.run(story(url))


def test_signing_out_keeps_the_records(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        async with opened_syncing(tmp_path) as (syncing, database):
            await connect(syncing, url)
            await syncing.run()
            await syncing.disconnect()
            assert await syncing.account() is None
            assert await count_records(database) == 1

    with served(make_plain_server("Observation")) as url:
        asyncio.run(story(url))


def test_l4_signing_out_asks_for_the_owner_first(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(url: str) -> None:
        async with opened_syncing(tmp_path, proved=False) as (syncing, _):
            await connect(syncing, url)
            with pytest.raises(Locked) as caught:
                await syncing.disconnect()
            assert caught.value.reason is Reason.CONFIRM_SECRET
            assert await syncing.account()

    with served(server) as url:
        asyncio.run(story(url))


def test_another_account_ends_the_run_of_the_former_one(tmp_path: Path) -> None:
    server = make_plain_server("Observation")

    async def story(url: str) -> None:
        async with opened_syncing(tmp_path) as (syncing, _):
            await connect(syncing, url)
            loop, asked = asyncio.get_running_loop(), asyncio.Event()

            def page(_asked: Asked) -> Say:
                loop.call_soon_threadsafe(asked.set)
                return Say(make_bundle(make_record("a"), following=f"{url}/fhir/Observation?page={len(server.asked)}"))

            server.paths["/fhir/Observation"] = page
            run = asyncio.create_task(syncing.run())
            await asked.wait()
            await connect(syncing, url)
            assert await run == Stopped(None)

    with served(server) as url:
        asyncio.run(story(url))
