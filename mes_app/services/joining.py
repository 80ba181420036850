"""A record that began here joins that of a service: looked at side by side first, then what was chosen goes there.

It is one transaction: what was chosen belongs to the person whom the service knows, waits to be sent and is named as
theirs, or nothing was done. What was not chosen stays where it is: see docs/adr/0015.
"""

from collections.abc import Collection
from dataclasses import dataclass

from mes_app.domain.joining import DETAILS, JoinPlan, Target, order_targets
from mes_app.services.join_plans import could_join, list_targets, make_plan
from mes_app.services.join_writing import Taking, take_back, take_details, take_preference, take_records
from mes_app.services.pens import Pen
from mes_app.services.undoing import Edited
from mes_app.store.database import Connection
from mes_app.store.edits import When


@dataclass(frozen=True, slots=True)
class Joined:
    """What was done: how many items went, how many are left here, and ``edited`` to take all of it back."""

    taken: int
    left: int
    edited: Edited


class Joining:
    """Joins the records of one person at a time."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def list_targets(self, pid: str) -> list[Target]:
        """The records of services that ``pid`` may be joined to, the likely first.

        Raises Rejected("profile", UNKNOWN_RECORD), NotAllowed(NOT_YOURS) where ``pid`` did not begin here.
        """
        return order_targets(await self._pen.database.read(list_targets, pid))

    async def could_join(self, pid: str) -> bool:
        """Whether something is noted of ``pid``, and there is somebody of a service whose record it could join."""
        return await self._pen.database.read(could_join, pid)

    async def preview(self, pid: str, into: str) -> JoinPlan:
        """What ``pid`` has, and what of it ``into`` has too; nothing is written. Raises as ``list_targets``."""
        return await self._pen.database.read(make_plan, pid, into)

    async def run(self, plan: JoinPlan, chosen: Collection[str]) -> Joined:
        """Make the items of these keys those of the target, which sends them; all of them or none.

        What went from here meanwhile is passed over. Raises as ``preview``.
        """
        return await self._pen.write(
            join_records, plan.local.pid, plan.target.profile.pid, frozenset(chosen), self._pen.when()
        )


def join_records(con: Connection, pid: str, into: str, chosen: frozenset[str], when: When) -> Joined:
    """What ``Joining.run`` does, in one transaction."""
    plan = make_plan(con, pid, into)
    wanted = [item for item in plan.items if item.key in chosen and item.may_go]
    taking = Taking(plan.local, plan.target.profile, {item.key: item.twin for item in plan.items if item.twin})
    undone = [take_preference(con, taking, item.key) for item in wanted if item.kind is None]
    undone += [take_details(con, taking, when) for item in wanted if item.key == DETAILS]
    records = [item for item in wanted if item.kind is not None and item.key != DETAILS]
    undone.append(take_records(con, taking, records, when))
    return Joined(len(wanted), len(plan.items) - len(wanted), Edited(pid, take_back(undone)))
