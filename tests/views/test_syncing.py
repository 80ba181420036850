"""What waits for the service and what waits for a person: told in the bar, settled on one screen."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import flet as ft
import pytest

from mes_app.domain.fields import list_fields
from mes_app.domain.record import Change, Kind, Source
from mes_app.domain.sections.allergies import Allergy, Criticality
from mes_app.domain.sync_status import Idle, Phase, Running, Stopped
from mes_app.errors import NotAllowed, Offline, Reason, SessionExpired
from mes_app.i18n import t
from mes_app.services.conflicts import ConflictSummary, FieldChoice, KeptVersion, Side, TwoVersions, Version
from mes_app.services.unsent import ChangeState, Operation, UnsentChange
from mes_app.views import routes
from mes_app.views.state import Outgoing
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.statuses import choose_status_icon, name_status
from tests.views.desks import NICKEL, FakeHealth
from tests.views.protection import House, ProtectedSession, tell

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
WAITING = UnsentChange("p2", Kind.VACCINES, "Rappel DTP", Operation.CREATED, "v1")
REFUSED = UnsentChange(
    "p0",
    Kind.ALLERGIES,
    "Nickel",
    Operation.CHANGED,
    "a1",
    ChangeState.REFUSED,
    Reason.NOT_ACCEPTED,
    "Date manquante",
)
CLASHING = UnsentChange("p0", Kind.ALLERGIES, "Nickel", Operation.CHANGED, "a1", ChangeState.CONFLICT)
THEIRS = NICKEL.model_copy(update={"criticality": Criticality.HIGH, "author": "Alex Martin"})


def compare(mine: Allergy, theirs: Allergy) -> tuple[FieldChoice, ...]:
    """The fields of both; those that differ clash."""
    here, there = ({field.name: field for field in list_fields(each, Kind.ALLERGIES)} for each in (mine, theirs))
    return tuple(
        FieldChoice(name, field.label, field, there.get(name), clash=there.get(name) != field)
        for name, field in here.items()
    )


TWO = TwoVersions(
    "a1",
    "p0",
    Kind.ALLERGIES,
    Version(NICKEL, "Camille Martin", NOW),
    Version(THEIRS, "Alex Martin", NOW),
    compare(NICKEL, THEIRS),
)
GONE = TwoVersions("a1", "p0", Kind.ALLERGIES, Version(NICKEL, "Camille Martin", NOW), None, ())


def settle(
    story: Callable[[House], Awaitable[None]],
    *changes: UnsentChange,
    prepare: Callable[[ProtectedSession], None] = lambda _: None,
    width: int = 390,
) -> None:
    """Run ``story`` where ``changes`` wait."""

    def lay(session: ProtectedSession) -> None:
        session.health = FakeHealth()
        session.unsent.changes = [*changes]
        prepare(session)

    tell(story, prepare=lay, width=width)


def clash(two: TwoVersions) -> Callable[[ProtectedSession], None]:
    """``two`` waits for a choice."""

    def prepare(session: ProtectedSession) -> None:
        session.conflicts.open_ones = {two.record_id: two}
        session.conflicts.waiting = [ConflictSummary("a1", "p0", Kind.ALLERGIES, "Nickel", NOW)]

    return prepare


def said(house: House) -> list[str]:
    """What the chip of the bar says to a screen reader."""
    return [icon.semantics_label for icon in house.all(ft.Icon) if icon.semantics_label]


def test_the_chip_tells_how_much_waits_and_leads_to_it() -> None:
    async def story(house: House) -> None:
        chip = next(
            b for b in house.all(ft.IconButton) if getattr(b.icon, "semantics_label", "") == "1 envoi en attente"
        )
        await house.app.click(chip)
        assert house.app.page.route == routes.SYNC
        assert "Rappel DTP" in house.texts()
        assert f"Jeanne Martin · {t('sections.vaccines.title')} · {t('syncing.operation.created')}" in house.texts()
        assert house.sees("syncing.export")

    settle(story, WAITING)


def test_the_chip_is_told_again_after_each_change() -> None:
    async def story(house: House) -> None:
        house.session.unsent.changes = [WAITING, WAITING, WAITING]
        house.session.commit(Change("p2", Kind.VACCINES))
        await house.app.settle()
        assert "3 envois en attente" in said(house)

    settle(story)


@pytest.mark.parametrize(
    ("outgoing", "words"),
    [
        (Outgoing(), "À jour"),
        (Outgoing(waiting=1), "1 envoi en attente"),
        (Outgoing(waiting=3), "3 envois en attente"),
        (Outgoing(waiting=3, refused=1), "1 à vérifier"),
        (Outgoing(refused=1, conflicts=frozenset({"a1"})), "2 à vérifier"),
    ],
)
def test_what_a_person_must_settle_goes_before_what_waits(outgoing: Outgoing, words: str) -> None:
    assert name_status(Idle(NOW), outgoing) == words


def test_offline_with_changes_the_chip_tells_the_changes() -> None:
    assert name_status(Stopped(Offline()), Outgoing(waiting=3)) == "3 envois en attente"
    assert name_status(Stopped(SessionExpired()), Outgoing(waiting=3)) == t("sync.signed_out")
    assert name_status(Running(Phase.CONNECTING), Outgoing(waiting=3)) == t("sync.connecting")
    assert choose_status_icon(Idle(NOW), Outgoing(waiting=3)) == ft.Icons.CLOUD_UPLOAD_OUTLINED
    assert choose_status_icon(Stopped(Offline()), Outgoing(refused=1)) == ft.Icons.SYNC_PROBLEM_OUTLINED


def test_what_the_service_refused_says_why_and_what_can_be_done() -> None:
    async def story(house: House) -> None:
        assert house.sees("home.to_check_hint")
        await house.go(routes.SYNC)
        assert house.sees("syncing.refused.not_accepted")
        assert t("syncing.refused.told", words="Date manquante") in house.texts()
        await house.press("app.try_again")
        assert house.session.unsent.retried == ["a1"]
        await house.press("syncing.refused.correct")
        assert house.app.page.route == routes.form("p0", Kind.ALLERGIES, "a1")

    settle(story, REFUSED)


def test_what_is_given_up_says_where_it_stays() -> None:
    async def story(house: House) -> None:
        await house.go(routes.SYNC)
        await house.press("syncing.refused.drop")
        assert house.session.unsent.changes == []
        assert t("syncing.refused.dropped") in house.app.texts()

    settle(story, REFUSED)


def test_a_refused_deletion_has_nothing_to_correct() -> None:
    async def story(house: House) -> None:
        await house.go(routes.SYNC)
        assert house.sees("syncing.refused.unknown")
        assert not house.sees("syncing.refused.correct")

    settle(
        story,
        UnsentChange("p0", Kind.ALLERGIES, "Nickel", Operation.DELETED, "a1", ChangeState.REFUSED, Reason.TOO_DEEP),
    )


def test_the_screen_asks_the_service_again_and_so_do_the_lists() -> None:
    async def story(house: House) -> None:
        button = next(
            b for b in house.all(ft.IconButton) if getattr(b.icon, "semantics_label", "") == t("syncing.refresh")
        )
        await house.app.click(button)
        await house.go(routes.SYNC)
        await house.press("syncing.refresh")
        assert house.session.schedule.first == ["p0", None]

    settle(story)


def test_asking_without_a_service_says_so() -> None:
    async def refuse(first: str | None = None, *, thorough: bool = False) -> None:
        raise NotAllowed(Reason.NO_SERVER)

    def prepare(session: ProtectedSession) -> None:
        session.syncing.run = refuse  # type: ignore[assignment, method-assign]

    async def story(house: House) -> None:
        button = next(
            b for b in house.all(ft.IconButton) if getattr(b.icon, "semantics_label", "") == t("syncing.refresh")
        )
        await house.app.click(button)
        assert t("errors.not_allowed.no_server.what") in house.app.texts()

    settle(story, prepare=prepare)


def test_a_record_that_waits_for_a_choice_is_marked_at_home_in_its_list_and_on_itself() -> None:
    async def story(house: House) -> None:
        assert house.sees("home.to_check_hint")
        await house.go(routes.section("p0", Kind.ALLERGIES))
        assert t("sync.choice") in said(house)
        await house.go(routes.entry("p0", Kind.ALLERGIES, "a1"))
        assert house.sees("syncing.choice.waits")
        assert not house.sees("forms.change")
        await house.press("syncing.choice.go")
        assert house.app.page.route == routes.conflict("a1")

    settle(story, CLASHING, prepare=clash(TWO))


@pytest.mark.parametrize("width", [390, 1280])
def test_two_versions_are_chosen_from_field_by_field_with_who_wrote_each_and_when(width: int) -> None:
    async def story(house: House) -> None:
        await house.go(routes.SYNC)
        await house.tap_row("Nickel")
        assert any(text.startswith("Alex Martin · ") for text in house.texts())
        assert any(text.startswith("Camille Martin · ") for text in house.texts())
        assert house.one(ft.FilledButton).disabled
        options = [each for each in house.all(ft.Semantics) if each.checked is not None]
        assert len(options) == 2
        assert options[0].content
        assert options[1].content
        await house.app.click(options[1].content)
        assert not house.one(ft.FilledButton).disabled
        await house.press("syncing.choice.save")
        assert house.session.conflicts.chosen == [("a1", {"criticality": Side.THEIRS})]
        assert house.app.page.route == routes.SYNC

    settle(story, CLASHING, prepare=clash(TWO), width=width)


def test_a_row_alone_on_a_page_is_a_control_of_its_own_for_a_screen_reader() -> None:
    row = list_row("Kiwi", on_click=lambda: None)
    assert isinstance(row, ft.Semantics)
    assert row.container


def test_a_version_without_a_name_says_what_it_comes_from() -> None:
    unsigned = Version(NICKEL.model_copy(update={"source": Source.RELATIVE}), "", NOW)

    async def story(house: House) -> None:
        await house.go(routes.conflict("a1"))
        assert any(text.startswith(t("sections.source.relative")) for text in house.texts())

    settle(story, CLASHING, prepare=clash(replace(TWO, mine=unsigned)))


def test_one_version_can_be_taken_as_a_whole() -> None:
    async def story(house: House) -> None:
        await house.go(routes.conflict("a1"))
        await house.press("syncing.choice.all_mine")
        await house.press("syncing.choice.save")
        assert house.session.conflicts.chosen == [("a1", {"criticality": Side.MINE})]

    settle(story, CLASHING, prepare=clash(TWO))


def test_a_deletion_against_a_change_is_a_choice_between_wholes() -> None:
    async def story(house: House) -> None:
        await house.go(routes.conflict("a1"))
        assert house.sees("syncing.choice.deleted_theirs")
        options = [each.content for each in house.all(ft.Semantics) if each.checked is not None]
        assert options[0]
        await house.app.click(options[0])
        await house.press("syncing.choice.save")
        assert house.session.conflicts.chosen == [("a1", Side.MINE)]

    settle(story, CLASHING, prepare=clash(GONE))


def test_a_choice_that_is_no_longer_open_is_said_in_words() -> None:
    async def story(house: House) -> None:
        await house.go(routes.conflict("a9"))
        assert house.sees("errors.rejected.unknown_record.what")

    settle(story)


def test_versions_not_chosen_are_read_again_until_they_are_dropped_for_good() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.conflicts.put_aside = [KeptVersion(7, "p0", Kind.ALLERGIES, "Nickel", Side.MINE, NOW, THEIRS)]

    async def story(house: House) -> None:
        await house.go(routes.SYNC)
        assert t("syncing.kept.title", name="Camille Martin") in house.texts()
        await house.press("syncing.kept.drop")
        assert house.session.conflicts.put_aside == []
        assert t("syncing.kept.title", name="Camille Martin") not in house.texts()

    settle(story, prepare=prepare)


def test_the_network_that_comes_back_is_told_to_the_schedule_and_one_that_goes_is_not() -> None:
    async def story(house: House) -> None:
        network = house.app.one(ft.Connectivity)
        await house.app.fire(network, "change", {"connectivity": ["none"]})
        assert house.session.schedule.fronts == 0
        await house.app.fire(network, "change", {"connectivity": ["wifi"]})
        assert house.session.schedule.fronts == 1

    settle(story)


def test_the_schedule_follows_who_is_shown_and_the_returns_to_the_app() -> None:
    async def story(house: House) -> None:
        schedule = house.session.schedule
        assert (schedule.started, schedule.shown) == (1, "p0")
        await house.go(routes.home("p2"))
        assert schedule.shown == "p2"
        await house.app.fire(house.app.page, "app_lifecycle_state_change", {"state": "hide"})
        await house.app.fire(house.app.page, "app_lifecycle_state_change", {"state": "show"})
        assert schedule.fronts == 1

    settle(story)
