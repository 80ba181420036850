"""The day of a phone that is killed: what its person writes, what others write meanwhile, and what must hold then."""

from base64 import b64decode, b64encode
from collections.abc import Coroutine
from copy import deepcopy
from pathlib import Path
from typing import Any

from mes_app.store.blobs import Blobs
from mes_app.store.outbox import list_pending
from mes_app.store.profiles import list_profiles
from tests.sync.kills.fates import Fate
from tests.sync.kills.gates import Gate
from tests.sync.kills.phones import Dead, Phone
from tests.sync.simulation.apps import make_app
from tests.sync.simulation.devices import Shown
from tests.sync.simulation.dialects import Dialect
from tests.sync.simulation.histories import Body, Key
from tests.sync.simulation.ledgers import TYPES, Ledger, find_birth, find_numbers
from tests.sync.simulation.oracles import check_outbox, check_rooms, check_what_was_typed, find_all
from tests.sync.simulation.worlds import CHILD, UNDO, World, write_body

REACH = (CHILD,)
OFFERED = (*TYPES, "DocumentReference", "Binary")
ALLERGY, MEASURE, TREATMENT = TYPES


class Story(World):
    """One phone in a process of its own, whose server is behind ``gate``."""

    def __init__(self, folder: Path, template: Path, dialect: Dialect, gate: Gate) -> None:
        super().__init__(folder, [template], dialect, OFFERED, [0], reaches=[REACH], make_device=Phone)
        self.gate = gate
        self._doubt: Ledger | None = None
        gate.prepare(make_app(self.server, frozenset(REACH)), self.phone.kill_process)

    @property
    def phone(self) -> Phone:
        """The only device."""
        phone = self.devices[0]
        assert isinstance(phone, Phone)
        return phone

    async def live(self, fate: Fate, deeds: Coroutine[Any, Any, None]) -> None:
        """Begin a process, and tell it to do ``deeds`` until it dies, of ``fate`` or after them."""
        self.gate.await_death(fate)
        try:
            await self.phone.start(fate)
            await deeds
            self.phone.kill_process()
        except Dead:
            deeds.close()
        await self.phone.bury()

    async def wake_up(self) -> None:
        """What comes after a death: all that was acknowledged is there before anything is asked of the server."""
        await self._find_out()
        await self.check_what_is_here()
        await self.sync_there()

    async def check_what_is_here(self) -> None:
        """What the phone shows, and what it has to send."""
        await check_what_was_typed(self)
        await check_rooms(self)
        await check_outbox(self)

    async def _find_out(self) -> None:
        """What the dead process was about to write, and had not said to be written, is on the disk or not."""
        before = self._doubt
        if before is None:
            return
        shown = await self.phone.list_shown()
        said = self.ledger.births.keys() - before.births.keys()
        there = find_all(await self.phone.list_aside(), [record.body for record in shown])
        deleted = {deletion.birth for deletion in self.ledger.deletions[len(before.deletions) :]}
        if said - there or deleted & {record.birth for record in shown}:
            self.ledger = before
        self._doubt = None  # only now: it may die again before it has answered

    async def sync_there(self) -> None:
        """The phone syncs once all that was typed may be sent."""
        self.advance(UNDO + 1)
        await self.phone.sync_there()

    async def spend_day(self) -> None:
        """All that a person and others do, so that each step of a sync is taken."""
        for resource_type in (*TYPES, ALLERGY, MEASURE, TREATMENT):
            self.write_elsewhere(CHILD, resource_type)
        self.file_elsewhere()
        await self.sync_there()
        await self._type_offline()
        await self.sync_there()
        await self._edit_what_others_edit()
        await self.sync_there()
        await self._choose()
        await self.sync_there()

    async def _type_offline(self) -> None:
        for resource_type in TYPES:
            await self._do(self.create(self.phone, CHILD, resource_type))
        await self._do(self.file())
        await self._do(self.file())
        for number in (-1, 0, 1):  # what was never sent, and what the server has
            await self._do(self.edit(self.phone, await self._find(MEASURE, number), 1))
        await self._do(self.edit(self.phone, await self._find("DocumentReference", -1), 0))

    async def _edit_what_others_edit(self) -> None:
        clash, merge, removed = [await self._find(resource_type, 0) for resource_type in TYPES]
        gone = await self._find(ALLERGY, 1)
        self.change_elsewhere(_key(clash), "edit", 0)
        self.change_elsewhere(_key(merge), "edit", 0)
        self.change_elsewhere(_key(removed), "delete", 0)
        self.change_elsewhere(_key(gone), "delete", 0)
        self.file_elsewhere()
        await self._do(self.edit(self.phone, clash, 0))
        await self._do(self.edit(self.phone, merge, 1))
        await self._do(self.edit(self.phone, removed, 1))
        await self._do(self.delete(self.phone, await self._find(TREATMENT, 1)))
        await self._do(self.create(self.phone, CHILD, ALLERGY))

    async def _choose(self) -> None:
        conflicts = await self.list_conflicts(self.phone)
        assert len(conflicts) == 2
        for mine, conflict in enumerate(conflicts):
            await self._do(self.resolve(self.phone, conflict, mine=bool(mine)))

    async def _do(self, deed: Coroutine[Any, Any, None]) -> None:
        """One act: in doubt from its beginning until it is acknowledged."""
        self._doubt = deepcopy(self.ledger)
        await deed
        self._doubt = None

    async def _find(self, resource_type: str, number: int) -> Shown:
        found = [record for record in await self.phone.list_shown() if record.body["resourceType"] == resource_type]
        return found[number]

    async def file(self) -> None:
        """File a document on the phone."""
        profile = (await self.phone.database.read(list_profiles))[0]
        body = self.ledger.make_body("DocumentReference", CHILD)
        await self.phone.file(profile.pid, write_body(body), self.when(self.phone), make_content(body))
        self.typed[0] |= find_numbers(body)

    def file_elsewhere(self) -> None:
        """Somebody else's document."""
        body = self.ledger.make_body("DocumentReference", CHILD)
        rid = f"f{find_birth(body)}"
        content = {
            "resourceType": "Binary",
            "contentType": "text/plain",
            "data": b64encode(make_content(body)).decode(),
        }
        self.server.write(("Binary", rid), content | {"securityContext": body["subject"]})
        attachment = {"contentType": "text/plain", "url": f"Binary/{rid}"}
        self.server.write(("DocumentReference", rid), body | {"content": [{"attachment": attachment}]})

    async def check_contents(self) -> None:
        """Each document has its content on the phone and, once, on the server; there is no other file on the phone."""
        blobs = Blobs(self.phone.folder / "blobs", self.phone.database)
        documents = [record for record in await self.phone.list_shown() if _is_document(record)]
        used = set()
        for record in documents:
            assert await blobs.read(record.lid) == make_content(record.body)
            reference = record.body["content"][0]["attachment"]["url"]
            binary = self.server.histories.find(("Binary", reference.rpartition("/")[2]))
            assert binary
            assert binary.body
            assert b64decode(binary.body["data"]) == make_content(record.body)
            used.add(reference)
        assert len(used) == len(documents)
        if self.server.dialect.update_create:
            assert len(list(self.server.histories.list_live("Binary"))) == len(documents)
        assert len([*blobs.folder.iterdir()]) - await blobs.sweep() == len(documents)

    async def check_store(self) -> None:
        """The file is whole, and the server had no reason to refuse anything."""
        await self.phone.database.check()
        changes = await self.phone.database.read(list_pending)
        assert {change.state for change in changes} <= {"conflict"}


def make_content(body: Body) -> bytes:
    """The bytes of a document, which nothing changes."""
    return f"contenu {find_birth(body)}".encode()


def _is_document(record: Shown) -> bool:
    return bool(record.body["resourceType"] == "DocumentReference")


def _key(record: Shown) -> Key:
    assert record.rid
    return record.body["resourceType"], record.rid
