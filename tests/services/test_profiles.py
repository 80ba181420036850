from pathlib import Path

import pytest

from mes_app.domain.newcomers import Newcomer
from mes_app.domain.people import PALETTE, Profile, Sex
from mes_app.domain.values import PartialDate
from mes_app.errors import Locked, NotAllowed, Reason, Rejected
from mes_app.services.clocks import Clock
from mes_app.services.freshness import Freshness
from mes_app.services.profiles import Profiles
from mes_app.services.session import Session
from mes_app.store.outbox import list_pending
from mes_app.store.profiles import save_profile
from tests.services.backup_stories import FRESH
from tests.services.family import tell
from tests.services.pens import Desk, at_desk
from tests.store.samples import CHILD, PARENT

ZOE = Newcomer(first_name="Zoé", family_name="Martin", birth=PartialDate(text="2026-11-20"), sex=Sex.FEMALE)


def test_the_holder_comes_first_and_each_person_has_a_colour(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        assert [(profile.name, profile.holder) for profile in family] == [("Anaïs Martin", True), ("Zoé Martin", False)]
        assert family[0].colour != family[1].colour

    tell(tmp_path, story)


def test_a_person_is_known_with_what_the_server_says(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        person = await session.profiles.person(family[0].pid)
        assert person
        assert (person.sex, person.nir) == (Sex.FEMALE, "288077512345622")
        assert await session.profiles.person("nobody") is None

    tell(tmp_path, story)


def test_a_child_added_here_is_known_at_once_under_a_colour_of_its_own(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        profiles = Profiles(desk.pen, FRESH)
        added = await profiles.add(ZOE)
        assert (await profiles.list())[-1] == added
        assert (added.name, added.birth, added.sex, added.holder) == ("Zoé Martin", ZOE.birth, Sex.FEMALE, False)
        assert (added.colour, added.position, added.is_local) == (PALETTE[2], 2, True)
        assert await profiles.recall(added.pid) == ZOE
        assert desk.edits == 1

    at_desk(tmp_path, story)


def test_who_was_added_can_be_corrected_and_what_is_told_besides_stays(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        profiles = Profiles(desk.pen, FRESH)
        pid = (await profiles.add(ZOE)).pid
        await profiles.correct(pid, ZOE.model_copy(update={"first_name": "Zoë", "sex": Sex.UNKNOWN}))
        (found,) = [one for one in await profiles.list() if one.pid == pid]
        assert (found.name, found.sex, found.position) == ("Zoë Martin", Sex.UNKNOWN, 2)
        person = await profiles.person(pid)
        assert person
        assert (person.name, person.sex, person.birth) == ("Zoë Martin", Sex.UNKNOWN, ZOE.birth)

    at_desk(tmp_path, story)


def test_whom_a_server_knows_is_not_called_otherwise_here(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(NotAllowed) as refused:
            await Profiles(desk.pen, FRESH).correct(CHILD.pid, ZOE)
        assert refused.value.reason is Reason.NOT_YOURS
        with pytest.raises(Rejected) as unknown:
            await Profiles(desk.pen, FRESH).recall("nobody")
        assert unknown.value.reason is Reason.UNKNOWN_RECORD

    at_desk(tmp_path, story)


def test_who_was_added_goes_with_all_that_is_of_them_once_the_owner_is_proved(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        pid = (await Profiles(desk.pen, FRESH).add(ZOE)).pid
        with pytest.raises(Locked) as unproved:
            await Profiles(desk.pen, Freshness(Clock(lambda: 0.0, lambda: 0.0))).remove(pid)
        assert unproved.value.reason is Reason.CONFIRM_SECRET
        await Profiles(desk.pen, FRESH).remove(pid)
        assert pid not in [one.pid for one in await Profiles(desk.pen, FRESH).list()]
        assert await desk.database.read(list_pending, local=True) == []
        with pytest.raises(NotAllowed):
            await Profiles(desk.pen, FRESH).remove(CHILD.pid)

    at_desk(tmp_path, story)


def test_when_the_holder_goes_the_next_one_that_began_here_holds_the_vault(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        profiles = Profiles(desk.pen, FRESH)
        await desk.database.write(save_profile, PARENT.model_copy(update={"holder": False}))
        first, second = await profiles.add(ZOE), await profiles.add(ZOE)
        await desk.database.write(save_profile, first.model_copy(update={"holder": True}))
        await profiles.remove(first.pid)
        found = [(one.pid, one.holder) for one in await profiles.list()]
        assert found == [(second.pid, True), (PARENT.pid, False), (CHILD.pid, False)]

    at_desk(tmp_path, story)
