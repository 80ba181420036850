"""The invariants I1 to I9 of the sync, as checks of a whole simulation. Each failure says what is missing and where."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from mes_app.domain.sync_status import Idle
from mes_app.store.database import Connection
from mes_app.store.outbox import list_pending
from tests.sync.simulation.devices import Device
from tests.sync.simulation.faults import name_verb
from tests.sync.simulation.histories import Body, read_json
from tests.sync.simulation.ledgers import ELEMENTS, find_birth, find_numbers
from tests.sync.simulation.searches import owner_of
from tests.sync.simulation.worlds import DAY, HOUR, World

ROUNDS = 6
_TABLES = ("res", "body", "outbox", "conflict", "kept", "tomb", "profile", "shared")


async def check_what_was_typed(world: World, *, settled: bool = False) -> None:
    """I1, I5: what was typed on a device is shown there, was replaced or deleted knowingly, or waits for a choice.

    Until all has ``settled``, a device may know of a deletion, and not yet that it was taken back elsewhere.
    """
    unknown = set() if settled else {number for deletion in world.ledger.undone for number in deletion.seen}
    for number, device in enumerate(world.devices):
        if number in world.refused:
            continue
        shown = [record.body for record in await device.list_shown()]
        there = world.ledger.account_for(find_all(await device.list_aside(), shown) | unknown)
        lost = {said for said in world.typed[number] - there if world.ledger.births[said] not in world.once_hidden}
        assert not lost, f"I1, I5: {sorted(lost)}, typed on device {number}, cannot be read there any more"


def find_all(*groups: Iterable[Body]) -> set[int]:
    """All numbers said in any of these bodies."""
    return {number for group in groups for body in group for number in find_numbers(body)}


async def check_rooms(world: World) -> None:
    """I6: each row is of the patient of its profile, and no profile is of one whom the device is not for."""
    for device, reach in zip(world.devices, world.reaches, strict=True):
        for record in await device.list_shown():
            assert owner_of(record.body) == record.patient, f"I6: {record} is of another patient"
            assert record.patient in reach, f"I6: {record} is of nobody of this device"


async def check_outbox(world: World) -> None:
    """Changes and rows agree: of each record one change at most was sent and one waits; no other version is shown."""
    for number, device in enumerate(world.devices):
        for lid, states in await device.database.read(_list_changes):
            known = states in ("sent", "waiting", "sent,waiting")
            assert known, f"outbox: {states} of {lid} on device {number}"
        orphans = await device.database.read(_list_orphans)
        assert not orphans, f"outbox: {orphans} on device {number} is said nowhere to be sent"


async def settle(world: World) -> None:
    """A quiet period: the network holds, days pass, and every device syncs, reconciling, until nothing changes (I9).

    I8: whatever waits is sent meanwhile, unless the server refused it or a person must choose.
    """
    world.mail.arrive(all_of_it=True)
    world.refused.clear()
    before: list[object] = []
    for _ in range(ROUNDS):
        world.advance(DAY + HOUR)
        for device in world.devices:
            await world.hurry(device)
            end = await device.sync()
            assert isinstance(end, Idle), f"quiet: {end}"
        now = [world.server.writes, *[await device.database.read(_dump) for device in world.devices]]
        if now == before:
            break
        before = now
    else:
        raise AssertionError("I8: the devices never come to rest")
    for device in world.devices:
        changes = await device.database.read(list_pending)
        waiting = [change for change in changes if change.state in ("ready", "inflight")]
        assert not waiting, f"I8: nothing is in the way of {waiting}"


async def check_nothing_is_lost(world: World) -> None:
    """I2, I3: all that anybody said is on the server, or was replaced or deleted knowingly, or waits for a choice."""
    live = [version.body for key, version in world.server.histories.list_live() if version.body and key[0] in ELEMENTS]
    aside = [body for device in world.devices for body in await device.list_aside()]
    lost = world.ledger.births.keys() - world.ledger.account_for(find_all(live, aside))
    assert not lost, f"I2, I3: {sorted((world.ledger.births[number], number) for number in lost)} are nowhere"
    for deletion in world.ledger.deletions:
        for body in (body for body in live if find_birth(body) not in world.once_hidden):
            unseen = find_numbers(body) - deletion.seen
            same = find_birth(body) == deletion.birth and not world.ledger.reborn[deletion.birth]
            waits = any(find_birth(other) == deletion.birth for other in aside)
            known = world.server.dialect.tells_what_was_deleted or _count_births(world, deletion.birth) == 1
            assert unseen or waits or not (same and known), f"I2: the deletion of {deletion.birth} was lost"


def check_nothing_is_done_twice(world: World) -> None:
    """I2: each birth is one resource, and each thing said comes into its resource once.

    A server may not tell what was deleted: what was created and deleted, unknown to its author, may come once more.
    """
    tells = world.server.dialect.tells_what_was_deleted
    for key in world.server.histories.list_keys():
        former: frozenset[int] = frozenset()
        came: list[int] = []
        for version in world.server.histories.list_versions(key):
            numbers = find_numbers(version.body) if version.body else frozenset()
            came = [*came, *(numbers - former - world.ledger.revived)] if version.body or tells else []
            former = numbers
        assert len(came) == len(set(came)), f"I2: {key} was said the same twice: {came}"
    deleted = Counter(deletion.birth for deletion in world.ledger.deletions)
    for birth in {*world.ledger.births.values()} - world.once_hidden:
        most = 1 + world.ledger.reborn[birth] + (0 if tells else deleted[birth])
        assert _count_births(world, birth) <= most, f"I2: {birth} was created more than once"


def _count_births(world: World, birth: int) -> int:
    """How often a resource with this number came to the server."""
    count = 0
    for key in world.server.histories.list_keys():
        bodies = [version.body for version in world.server.histories.list_versions(key)]
        count += sum(
            body is not None and former is None and find_birth(body) == birth
            for former, body in zip([None, *bodies], bodies, strict=False)
        )
    return count


async def check_mirrors(world: World) -> None:
    """I4: what each device believes the server has is what it has: ids, versions, bodies, and nothing else."""
    for number, (device, reach) in enumerate(zip(world.devices, world.reaches, strict=True)):
        mirror = {
            (kind, rid): (ver, read_json(bytes(body)))
            for kind, rid, ver, body in await device.database.read(_list_mirror)
        }
        server = {
            key: (version.ver, version.body)
            for key, version in world.server.histories.list_live()
            if key[0] != "Binary"
            and key not in world.server.hidden
            and version.body
            and owner_of(version.body) in reach
        }
        missing, ghosts = server.keys() - mirror, mirror.keys() - server
        assert not missing, f"I4: device {number} has not {missing}"
        assert not ghosts, f"I4: device {number} still has {ghosts}"
        stale = {key for key in server if server[key] != mirror[key]}
        assert not stale, f"I4: device {number} differs in {[(mirror[key], server[key]) for key in stale]}"


async def check_rest(world: World, device: Device) -> None:
    """I9: a sync without news writes nothing, here or there, and asks at most twice of each type of each profile."""
    before, writes = await device.database.read(_dump), world.server.writes
    await device.sync()
    assert world.server.writes == writes, "I9: wrote to the server"
    after = await device.database.read(_dump)
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    assert not changed, f"I9: changed {changed}"
    asked = [name_verb(request) for request in device.list_asked()]
    assert {verb for verb, _ in asked} <= {"search", "page", "count", "read"}, f"I9: asked {asked}"
    for resource_type in world.server.types:
        times = sum(of == resource_type for _, of in asked if ("page", resource_type) not in asked)
        assert times <= 2 * len(world.reaches[world.devices.index(device)]), f"I9: asked {asked}"


async def check_signed_out(world: World, device: Device) -> None:
    """I7: a session that has ended hides nothing, removes nothing and drops no change."""
    before = await device.list_shown(), await device.database.read(list_pending)
    world.signed_out = True
    end = await device.sync()
    world.signed_out = False
    assert not isinstance(end, Idle), "I7: a run without a session cannot succeed"
    after = await device.list_shown(), await device.database.read(list_pending)
    assert before[0] == after[0], "I7: records went with the session"
    assert len(before[1]) == len(after[1]), "I7: changes went with the session"


def _dump(con: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that holds what was said."""
    return {table: con.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in _TABLES}  # noqa: S608 (our own names)


def _list_mirror(con: Connection) -> list[tuple[str, str, str, bytes]]:
    sql = "SELECT type, rid, ver, mirror FROM res JOIN body USING (lid) WHERE mirror IS NOT NULL AND rid IS NOT NULL"
    return con.execute(sql).fetchall()


def _list_changes(con: Connection) -> list[tuple[str, str]]:
    sql = "SELECT lid, group_concat(iif(sent, 'sent', 'waiting') ORDER BY seq) FROM outbox GROUP BY lid"
    return con.execute(sql).fetchall()


def _list_orphans(con: Connection) -> list[tuple[str]]:
    """Records that show something else than the server's version, though no change of theirs waits."""
    sql = """
        SELECT lid FROM res LEFT JOIN body USING (lid) WHERE (overlay IS NOT NULL OR deleted = 1)
        AND lid NOT IN (SELECT lid FROM outbox) AND lid NOT IN (SELECT lid FROM conflict)
    """
    return con.execute(sql).fetchall()
