import math
from pathlib import Path
from typing import cast

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.sync_status import Idle
from mes_app.domain.values import Coded
from mes_app.errors import Reason
from mes_app.services.editing import Editing
from mes_app.services.session import Session
from mes_app.services.status import Status
from mes_app.services.syncing import Syncing
from mes_app.store.database import Connection
from mes_app.store.outbox import list_due, quarantine
from tests.services.family import tell
from tests.services.pens import Desk, at_desk
from tests.services.test_conflicts import clash
from tests.store.samples import PARENT


def test_the_status_counts_each_profile_and_tells_the_last_sync(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        status = await session.status.read()
        mother = status.profiles[0]
        assert (mother.counts[Kind.DOCUMENTS], mother.unsent, mother.conflicts) == (4, 0, 0)
        assert status.last_success is not None
        assert status.server == ""

    tell(tmp_path, story)


class Unconnected:
    """The sync of a vault without a server."""

    status = Idle()

    async def account(self) -> None:
        return None


def refuse_first(con: Connection) -> None:
    quarantine(con, list_due(con, PARENT.pid, math.inf)[0], Reason.NOT_ACCEPTED, 422)


def test_the_status_counts_what_waits_what_was_refused_and_what_must_be_chosen(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await clash(desk)
        for substance in ("Kiwi", "Nickel"):
            entry = Allergy(substance=Coded(text=substance))
            await Editing(desk.pen).add(PARENT.pid, entry, Kind.ALLERGIES)
        await desk.database.write(refuse_first)
        parent, child = (await Status(desk.database, cast(Syncing, Unconnected())).read()).profiles
        assert (parent.unsent, parent.refused, parent.conflicts) == (2, 1, 1)
        assert (child.unsent, child.refused, child.conflicts) == (0, 0, 0)

    at_desk(tmp_path, story)
