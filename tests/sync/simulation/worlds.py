"""The whole of a simulation: one server, three devices of two parents, other writers, and one clock for all."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from mes_app.domain.sync_status import SyncStatus
from mes_app.fhir.overviews import summarise
from mes_app.store.conflicts import Conflict, list_conflicts, resolve_conflict
from mes_app.store.edits import When, Written, change_record, create_record, delete_record, restore_record
from mes_app.store.outbox import drop_changes, hurry, list_pending, release
from mes_app.store.profiles import list_profiles
from mes_app.store.records import Stored
from tests.sync.simulation.devices import Device, Shown
from tests.sync.simulation.dialects import Dialect
from tests.sync.simulation.faults import Fault, Harm, Plan
from tests.sync.simulation.histories import Body, Key, read_json, write_json
from tests.sync.simulation.ledgers import ELEMENTS, Deletion, Ledger, find_birth, find_numbers
from tests.sync.simulation.links import Link, Mail
from tests.sync.simulation.searches import owner_of
from tests.sync.simulation.servers import FhirServer

START = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
CHILD = "child"
STRANGER = "stranger"
REACHES = (("parent", CHILD), ("parent", CHILD), ("other", CHILD))
"""The patients that each device is for, its holder first."""

UNDO = 10
HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Undo:
    """A deletion that a device may take back."""

    stored: Stored
    deletion: Deletion


class World:
    """Made by ``open`` in ``folder``; ``templates`` are the new stores that its devices start from.

    ``reaches``: the patients that each device is for, its holder first; ``make_device``: what each is.
    ``refused``: the devices whose parent has no right to the child now. ``once_hidden``: births of what was not shown
    to those who wrote it, so that they could not know what became of it. ``typed``: what was said on each device.
    """

    def __init__(
        self,
        folder: Path,
        templates: Sequence[Path],
        dialect: Dialect,
        types: tuple[str, ...],
        skews: Sequence[int],
        *,
        reaches: Sequence[tuple[str, ...]] = REACHES,
        make_device: Callable[..., Device] = Device,
    ) -> None:
        self.time = START
        self.reaches = reaches
        self.ledger = Ledger()
        self.server = FhirServer(dialect, types, lambda: self.time)
        self.mail = Mail(self.server)
        self.skews = list(skews)
        self.signed_out = False
        self.devices = [
            make_device(*self._equip(number, folder, template)) for number, template in enumerate(templates)
        ]
        self.refused: set[int] = set()
        self.once_hidden: set[int] = set()
        self.typed: list[set[int]] = [set() for _ in self.devices]
        self.undos: list[Undo | None] = [None for _ in self.devices]
        for patient in ("parent", "other", CHILD, STRANGER):
            self.server.write(("Patient", patient), {"resourceType": "Patient", "name": [{"text": patient}]})
        self.write_elsewhere(STRANGER, types[0])

    async def open(self) -> None:
        """Start every device; all know some records of the child."""
        for resource_type in (*self.server.types, self.server.types[0], self.server.types[0]):
            self.write_elsewhere(CHILD, resource_type)
        for device in self.devices:
            await device.open()
            await device.sync()

    async def close(self) -> None:
        """End every device, and forget what it kept."""
        for device in self.devices:
            await device.discard()

    def advance(self, seconds: float) -> None:
        """Let time pass everywhere."""
        self.time += timedelta(seconds=seconds)

    # What a person does on a device

    async def write(self, device: Device, act: str, pick: int, part: int) -> None:
        """Do one thing with a record, new where there is none yet."""
        shown = await device.list_shown()
        if act == "undo":
            await self.undo(device)
        elif act == "create" or not shown:
            patient = self.reaches[self.devices.index(device)][pick % 2]
            await self.create(device, patient, self.server.types[part])
        elif act == "edit":
            await self.edit(device, shown[pick % len(shown)], part)
        else:
            await self.delete(device, shown[pick % len(shown)])

    async def create(self, device: Device, patient: str, resource_type: str) -> None:
        """Write a new record, once the device knows the patient."""
        profiles = {profile.rid: profile.pid for profile in await device.database.read(list_profiles)}
        if patient in profiles:
            body = self.ledger.make_body(resource_type, patient)
            await device.database.write(create_record, profiles[patient], write_body(body), self.when(device))
            self.typed[self.devices.index(device)] |= find_numbers(body)

    async def edit(self, device: Device, record: Shown, part: int) -> None:
        """Say something new in one element."""
        elements = ELEMENTS[record.body["resourceType"]]
        body = self.ledger.edit(record.body, elements[part % len(elements)])
        await device.database.write(change_record, record.lid, write_body(body), self.when(device))
        self.typed[self.devices.index(device)] |= find_numbers(body) - find_numbers(record.body)

    async def delete(self, device: Device, record: Shown) -> None:
        """Delete a record."""
        deletion = self.ledger.delete(record.body)
        stored = await device.database.write(delete_record, record.lid, self.when(device))
        self.undos[self.devices.index(device)] = Undo(stored, deletion)

    async def undo(self, device: Device) -> None:
        """Take the last deletion back, whatever became of it meanwhile."""
        number = self.devices.index(device)
        if undo := self.undos[number]:
            await device.database.write(restore_record, undo.stored, self.when(device))
            self.ledger.deletions.remove(undo.deletion)
            self.ledger.undone.append(undo.deletion)
            self.ledger.revived |= undo.deletion.seen
            self.ledger.reborn[undo.deletion.birth] += 1
            self.undos[number] = None

    async def resolve(self, device: Device, conflict: Conflict, *, mine: bool) -> None:
        """Choose one of two versions whole."""
        versions = [read_json(body) if body else None for body in (conflict.mine, conflict.theirs)]
        chosen, other = versions if mine else reversed(versions)
        if chosen and other:
            self.ledger.choose(chosen, other)
        elif other:
            self.ledger.delete(other)
        elif chosen:
            self.ledger.reborn[find_birth(chosen)] += 1
        written = write_body(chosen) if chosen else None
        await device.database.write(resolve_conflict, conflict.row.id, written, self.when(device))

    async def settle_refusal(self, device: Device, pick: int, *, drop: bool) -> None:
        """Give up a change that the server refused, or try it again."""
        pending = await device.database.read(list_pending)
        refused = [change.record_id for change in pending if change.state == "quarantined"]
        if refused and drop:
            await device.database.write(drop_changes, refused[pick % len(refused)], self.when(device))
        elif refused:
            await device.database.write(release, refused[pick % len(refused)], 0.0)

    async def list_conflicts(self, device: Device) -> list[Conflict]:
        """The conflicts of a device, in the order of births."""
        found = await device.database.read(list_conflicts)
        return sorted(found, key=lambda conflict: find_birth(read_json(_either(conflict))))

    # What others do on the server

    def write_elsewhere(self, patient: str, resource_type: str, *, late: float = 0) -> None:
        """Somebody else's new resource."""
        body = self.ledger.make_body(resource_type, patient)
        self.server.write((resource_type, f"f{find_birth(body)}"), body, late=late)

    def change_elsewhere(self, key: Key, act: str, part: int, *, late: float = 0) -> None:
        """Somebody else edits one element of what the server has last, deletes it, or hides it from all and shows it.

        Never late where nothing is guarded: what nobody sees yet would be overwritten, and no client could know.
        """
        late = late if self.server.dialect.guards_all else 0
        versions = self.server.histories.list_versions(key)
        body = versions[-1].body if versions else None
        if body is None:
            return
        if act == "hide":
            self.server.hidden ^= {key}
            self.once_hidden.add(find_birth(body))
        elif act == "delete":
            self.ledger.delete(body)
            self.server.write(key, None, late=late)
        else:
            elements = ELEMENTS[key[0]]
            self.server.write(key, self.ledger.edit(body, elements[part % len(elements)]), late=late)

    def list_live(self) -> list[Key]:
        """What the server has of those whom devices are for, in the order of births."""
        found = [
            (find_birth(version.body), key)
            for key, version in self.server.histories.list_live()
            if version.body and key[0] in ELEMENTS and owner_of(version.body) != STRANGER
        ]
        return [key for _, key in sorted(found)]

    # The network

    async def sync(self, device: Device, faults: Sequence[Fault] = ()) -> SyncStatus | None:
        """One run of a device over a network with these faults."""
        return await device.sync(Plan(list(faults), self._is_fair))

    async def hurry(self, device: Device) -> None:
        """The network is back: what was postponed is due."""
        await device.database.write(hurry, device.now().timestamp())

    def _equip(self, number: int, folder: Path, template: Path) -> tuple[Any, ...]:
        """What a device is made of."""

        def now() -> datetime:
            return self.time + timedelta(seconds=self.skews[number])

        def connect(plan: Plan) -> Link:
            reach = frozenset(self.reaches[number]) - ({CHILD} if number in self.refused else set())
            reach = frozenset() if self.signed_out else reach
            return Link(self.server, self.mail, reach, plan, happen)

        async def happen(fault: Fault, request: httpx.Request) -> None:
            if fault.harm is Harm.MEANWHILE:
                await self._meddle(number, fault.number, request)
            else:
                await self.devices[number].fall()

        async def sleep(seconds: float) -> None:
            self.advance(seconds)
            await asyncio.sleep(0)

        return folder / f"device{number}", template, connect, now, sleep

    async def _meddle(self, number: int, what: int, request: httpx.Request) -> None:
        """Somebody acts just before ``request`` arrives: on what it writes, or with another device."""
        resource_type, _, rid = request.url.path.partition("/fhir/")[2].partition("/")
        if what < 3 and rid and resource_type in ELEMENTS:
            self.change_elsewhere((resource_type, rid), "delete" if what == 2 else "edit", what)
        else:
            await self.devices[(number + 1) % len(self.devices)].sync()

    def _is_fair(self, fault: Fault, verb: str) -> bool:
        """Whether a client can do anything about it: none guards a write that its server does not guard."""
        dialect = self.server.dialect
        once = dialect.conditional_create or (dialect.update_create and dialect.guards_create)
        guarded = {"update": dialect.guards_update, "delete": dialect.guards_delete}.get(
            verb, once and dialect.says_much
        )
        match fault.harm:
            case Harm.LATE:
                return guarded
            case Harm.DUPLICATE:
                return guarded or verb != "create"
            case Harm.MEANWHILE:
                return guarded or verb == "create"
            case _:
                return verb != "delete" or fault.number not in (404, 410)

    def when(self, device: Device) -> When:
        """Now, on a device."""
        now = device.now()
        return When(now, now.timestamp() + UNDO)


def write_body(body: Body) -> Written:
    """``body`` as a person writes it."""
    return Written(body["resourceType"], write_json(body), summarise(read_json(write_json(body)), holder=True))


def _either(conflict: Conflict) -> bytes:
    return conflict.mine or conflict.theirs or b"{}"
