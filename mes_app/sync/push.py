"""Send what the user changed: one change at a time, each in flight before it leaves, and none twice.

A change whose outcome is not known is never sent again blindly: what the server has is read first. A change that the
server refuses waits aside for its user and holds up only what depends on it.
"""

from collections import Counter

from mes_app.domain.people import Profile
from mes_app.domain.sync_status import Fault
from mes_app.errors import Busy, MesError, NotAllowed, Offline, Reason, Rejected, SessionExpired, Unreadable
from mes_app.store.blobs import Blobs
from mes_app.store.database import Connection, Database
from mes_app.store.ops import Op
from mes_app.store.outbox import acknowledge, list_due, list_inflight, mark_inflight, postpone, quarantine
from mes_app.store.rebases import Merger, rebase_record
from mes_app.store.rows import Incoming
from mes_app.sync.api import FhirApi
from mes_app.sync.backoffs import choose_delay
from mes_app.sync.capabilities import Capabilities
from mes_app.sync.changes import Changes
from mes_app.sync.creates import Creates
from mes_app.sync.guards import Guards
from mes_app.sync.networks import Clock
from mes_app.sync.pages import make_incoming
from mes_app.sync.progress import Progress
from mes_app.sync.receipts import Receipt
from mes_app.sync.uploads import Uploads

ROUNDS = 3
"""How often one change is tried in a run: each time the record changed there meanwhile, it is merged and sent anew."""

IN_THE_WAY = 409
"""The status of a change that another record forbids: one more try, after what waits with it has been sent."""


class Push:
    """The sending side of one run. ``faults`` are the changes that the server refused or could not take."""

    def __init__(
        self,
        api: FhirApi,
        database: Database,
        blobs: Blobs,
        capabilities: Capabilities,
        guards: Guards,
        *,
        merge: Merger,
        now: Clock,
        progress: Progress,
    ) -> None:
        self._database = database
        self._merge = merge
        self._now = now
        self._progress = progress
        self._creates = Creates(api, capabilities, Uploads(api, capabilities, blobs))
        self._changes = Changes(api, guards)
        self._rounds: Counter[str] = Counter()
        self.faults: list[Fault] = []

    async def run(self, profile: Profile) -> None:
        """Send all that is due of a profile, first what may have been sent when the last run ended.

        Raises Offline, Busy, SessionExpired, Locked, Unreadable(DISK_FULL): the run cannot go on, and what was being
        sent will be tried again. Every other end of a change is in the outbox.
        """
        due = await self._database.read(list_due, profile.pid, self._now().timestamp())
        left = await self._database.read(list_inflight, profile.pid)
        if not (due or left):
            return
        self._progress.expect(1)
        self._progress.add(0, len(due) + len(left))
        for op in left:
            await self._try(op, profile)
        while due := await self._list_due(profile):
            for op in due:
                self._rounds[op.op_id] += 1
                if await self._database.write(mark_inflight, op):
                    await self._try(op, profile)

    async def _list_due(self, profile: Profile) -> list[Op]:
        """What is to be sent in this run: what was acknowledged may have made more due, or given it a new base."""
        due = await self._database.read(list_due, profile.pid, self._now().timestamp())
        return [op for op in due if self._rounds[op.op_id] < ROUNDS]

    async def _try(self, op: Op, profile: Profile) -> None:
        try:
            receipt = await self._send(op)
        except MesError as error:
            await self._set_aside(op, error)
        else:
            theirs = make_incoming(receipt.theirs, holder=profile.holder) if receipt.theirs else None
            await self._settle(op, theirs, done=receipt.done)
        self._progress.add(1)

    async def _settle(self, op: Op, theirs: Incoming | None, *, done: bool) -> None:
        if done:
            await self._database.write(acknowledge, op, theirs, self._merge)
        else:
            await self._database.write(_rebase, op, theirs, self._merge, self._now().timestamp())

    async def _send(self, op: Op) -> Receipt:
        """One change, by its kind; ``op.sent``, as it was listed: the server may have it since an earlier attempt."""
        match op.op:
            case "C":
                return await self._creates.send(op, again=op.sent)
            case "U":
                return await self._changes.update(op, again=op.sent)
            case _:
                return await self._changes.remove(op, again=op.sent)

    async def _set_aside(self, op: Op, error: MesError) -> None:
        """Keep ``op`` for later, or for its user; raises ``error`` again when the run cannot go on."""
        match error:
            case Busy():
                await self._postpone(op, error.after)
                raise error
            case SessionExpired():
                await self._postpone(op, 0)
                raise error
            case Offline():
                await self._postpone(op, choose_delay(op.attempts))
                raise error
            case Rejected() | NotAllowed() if error.facts.get("status") == IN_THE_WAY and not op.attempts:
                await self._postpone(op, choose_delay(op.attempts))
            case Rejected() | NotAllowed() | Unreadable(reason=Reason.NO_CONTENT | Reason.DAMAGED):
                status = int(error.facts.get("status", 0))
                await self._database.write(quarantine, op, error.reason, status, error.told)
            case Unreadable() if error.reason is not Reason.DISK_FULL:
                await self._postpone(op, choose_delay(op.attempts))
            case _:
                raise error
        self._rounds[op.op_id] = ROUNDS
        self.faults.append(Fault(op.type, op.rid or "", error.reason))

    async def _postpone(self, op: Op, delay: float) -> None:
        await self._database.write(postpone, op, self._now().timestamp() + delay)


def _rebase(con: Connection, op: Op, theirs: Incoming | None, merge: Merger, now: float) -> None:
    """What the server has is not what ``op`` was made from (None: it has none): to be merged, then sent anew."""
    postpone(con, op, now)
    rebase_record(con, op.lid, theirs, merge)
