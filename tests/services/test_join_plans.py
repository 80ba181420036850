from datetime import date
from pathlib import Path

import pytest

from mes_app.domain.joining import DETAILS, JoinState
from mes_app.domain.people import Profile
from mes_app.domain.prevention import Choice
from mes_app.domain.prevention_rules import list_rules
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.values import Coded
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.services.editing import Editing
from mes_app.services.joining import Joining
from mes_app.services.profiles import Profiles
from mes_app.services.session import Session
from mes_app.store.profiles import purge_profile
from tests.services.backup_stories import FRESH
from tests.services.family import document, pdf, tell
from tests.services.join_stories import LABEL, PHOTO, ZOE, add_allergy, add_zoe, make_letter, write
from tests.services.pens import Desk, at_desk
from tests.store.samples import CHILD, PARENT

SAME = document(7, "La même photo", PHOTO, "application/pdf", subject={"reference": "Patient/daughter"})


def test_the_child_born_that_day_is_proposed_first_and_others_with_what_differs(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = (await add_zoe(session)).pid
        targets = await session.joining.list_targets(pid)
        assert [(one.profile.pid, one.likely, one.differences) for one in targets] == [
            (family[1].pid, True, ()),
            (family[0].pid, False, ("name", "birth")),
        ]
        with pytest.raises(NotAllowed) as known:
            await session.joining.list_targets(family[1].pid)
        assert known.value.reason is Reason.NOT_YOURS
        with pytest.raises(NotAllowed):
            await session.joining.preview(pid, pid)
        with pytest.raises(Rejected) as nobody:
            await session.joining.preview(pid, "nobody")
        assert nobody.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story)


def test_what_is_there_already_is_found_and_all_the_rest_is_new(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = (await add_zoe(session)).pid
        await add_allergy(session, pid, "pollen")
        await add_allergy(session, pid, "Kiwi")
        await session.documents.add(pid, PHOTO, LABEL)
        await session.documents.add(pid, pdf("Autre"), LABEL)
        await session.editing.declare_nothing(pid, Kind.CONDITIONS)
        (there,) = await session.search.find(family[1].pid, "")
        await session.documents.content(there.row.id)
        plan = await session.joining.preview(pid, family[1].pid)
        found = sorted((str(item.kind), item.title, str(item.state)) for item in plan.items)
        assert found == [
            ("allergies", "Kiwi", "new"),
            ("allergies", "pollen", "there"),
            ("documents", "Premier jour", "new"),
            ("documents", "Premier jour", "there"),
            ("nothing_declared", "11450-4", "new"),
        ]
        twins = {item.title: item.twin for item in plan.items if item.state is JoinState.THERE}
        assert twins[LABEL.title] == there.row.id
        assert (plan.local.pid, plan.target.profile.pid) == (pid, family[1].pid)

    tell(tmp_path, story, more=SAME)


def test_saying_that_there_is_none_never_goes_where_there_are_some(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = (await add_zoe(session)).pid
        await session.editing.declare_nothing(pid, Kind.ALLERGIES)
        (item,) = (await session.joining.preview(pid, family[1].pid)).items
        assert (item.state, item.may_go) == (JoinState.CONTRADICTED, False)

    tell(tmp_path, story)


def test_a_document_is_shown_once_whatever_versions_of_it_there_are(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = (await add_zoe(session)).pid
        former = await write(session, pid, make_letter(pid, 1))
        await write(session, pid, make_letter(pid, 2, former))
        assert [item.title for item in (await session.joining.preview(pid, family[1].pid)).items] == ["Lettre 2"]

    tell(tmp_path, story)


def test_ways_to_reach_and_what_was_set_are_items_of_their_own(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = (await add_zoe(session)).pid
        details = await session.profiles.details(pid)
        assert details
        await session.editing.change(details.id, details.model_copy(update={"city": "Lyon"}))
        rule = list_rules()[0].id
        for person in (pid, family[1].pid):
            await session.preventions.mark(person, rule, Choice.NOT_FOR_ME, date(2026, 11, 20))
        await session.growths.choose_weeks(pid, 34)
        plan = await session.joining.preview(pid, family[1].pid)
        assert [(item.key, item.kind, item.state) for item in plan.items] == [
            (DETAILS, Kind.PEOPLE, JoinState.NEW),
            ("prevention", None, JoinState.THERE),
            ("weeks_at_birth", None, JoinState.NEW),
        ]

    tell(tmp_path, story)


def test_a_record_could_join_once_something_is_noted_and_somebody_is_known(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = (await add_zoe(session)).pid
        assert not await session.joining.could_join(pid)
        await add_allergy(session, pid, "Kiwi")
        assert await session.joining.could_join(pid)

    async def alone(desk: Desk) -> None:
        for profile in (PARENT, CHILD):
            await desk.database.write(purge_profile, profile.pid)
        pid = (await Profiles(desk.pen, FRESH).add(ZOE)).pid
        allergy = Allergy(substance=Coded(text="Kiwi"))
        await Editing(desk.pen).add(pid, allergy, Kind.ALLERGIES)
        assert not await Joining(desk.pen).could_join(pid)

    tell(tmp_path, story)
    at_desk(tmp_path, alone)


def test_nothing_noted_is_nothing_to_join(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = (await add_zoe(session, ZOE.model_copy(update={"first_name": "Tom"}))).pid
        plan = await session.joining.preview(pid, family[1].pid)
        assert (plan.items, plan.target.differences) == ((), ("name",))

    tell(tmp_path, story)
