"""What a person writes: each field as it asks to be filled, errors in words at the field, nothing typed ever lost."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft
import pytest

from mes_app.domain.forms import WRITABLE
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality
from mes_app.domain.sections.measures import Measure
from mes_app.domain.values import PartialDate
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.forms.opening import DraftKeeper, Opened, Task
from mes_app.views.forms.partial_dates import TypedDate, complete_date, join_date, split_date
from tests.views.desks import NICKEL, FakeEditing, FakeHealth
from tests.views.protection import House, ProtectedSession, tell


def write(
    story: Callable[["Desk"], Any],
    *,
    prepare: Callable[[ProtectedSession], None] = lambda _: None,
    width: int = 390,
) -> None:
    """Run ``story`` at the desk of somebody who writes."""

    def lay(session: ProtectedSession) -> None:
        session.health = FakeHealth()
        prepare(session)

    async def run(house: House) -> None:
        await story(Desk(house))

    tell(run, prepare=lay, width=width)


@dataclass
class Desk:
    """What a person does with a form."""

    house: House

    @property
    def editing(self) -> FakeEditing:
        return self.house.session.editing

    async def open(self, kind: Kind, about: str = "") -> None:
        await self.house.go(routes.form("p0", kind, about))

    def named(self, label: str) -> ft.Control:
        """The input of this name."""
        names = (t(label), t("forms.optional", label=t(label)))
        found = [each for each in self.house.all(ft.Semantics) if each.label in names and each.content]
        assert found, [each.label for each in self.house.all(ft.Semantics)]
        assert found[0].content
        return found[0].content

    async def fill(self, label: str, text: str) -> None:
        box = self.named(label)
        assert isinstance(box, ft.TextField)
        await self.house.app.type(box, text)

    async def fill_date(self, label: str, **parts: str) -> None:
        for name, text in parts.items():
            boxes = [box for box in self.house.app.walk(self.named(label)) if isinstance(box, ft.TextField)]
            box = next(box for box in boxes if box.label == t(f"forms.{name}"))
            await self.house.app.type(box, text)

    async def choose(self, choice: str) -> None:
        groups = self.house.all(ft.RadioGroup)
        group = next(
            g for g in groups if any(r.value == choice for r in self.house.app.walk(g) if isinstance(r, ft.Radio))
        )
        await self.house.app.fire(group, "change", choice, value=choice)

    async def save(self) -> None:
        await self.house.press("forms.save")

    def bar(self) -> ft.SnackBar:
        return self.house.one(ft.SnackBar)


def test_a_new_entry_is_typed_field_by_field_and_saved_at_once() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.section("p0", Kind.ALLERGIES))
        await desk.house.press("forms.add")
        assert desk.house.sees("forms.add_allergies")
        await desk.fill("sections.allergies.substance", "Arachide")
        await desk.fill_date("sections.allergies.since", year="2019", month="5")
        await desk.fill("sections.allergies.reactions", "Urticaire\nToux")
        await desk.choose("high")
        await desk.save()
        ((pid, kind, entry, confirmed),) = desk.editing.added
        assert (pid, kind, confirmed) == ("p0", Kind.ALLERGIES, False)
        assert isinstance(entry, Allergy)
        assert entry.substance.text == "Arachide"
        assert entry.since == PartialDate(text="2019-05")
        assert entry.reactions == ("Urticaire", "Toux")
        assert (entry.criticality, entry.status) == (Criticality.HIGH, AllergyStatus.ACTIVE)
        assert desk.house.app.page.route == routes.section("p0", Kind.ALLERGIES)
        assert desk.editing.drafts == {}

    write(story)


def test_what_was_saved_can_be_undone_for_ten_seconds_and_no_longer() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arachide")
        await desk.save()
        bar = desk.bar()
        assert isinstance(bar.duration, ft.Duration)
        assert (bar.action, bar.duration.seconds, bar.persist) == (t("app.undo"), 10, False)
        assert t("forms.added") in desk.house.app.texts()
        await desk.house.app.fire(bar, "action")
        assert desk.editing.undone == ["new1"]

    write(story)


def test_a_second_change_has_a_bar_of_its_own() -> None:
    async def story(desk: Desk) -> None:
        for name in ("Arachide", "Latex"):
            await desk.open(Kind.ALLERGIES)
            await desk.fill("sections.allergies.substance", name)
            await desk.save()
        (last,) = [bar for bar in desk.house.all(ft.SnackBar) if bar.open]
        await desk.house.app.fire(last, "action")
        assert desk.editing.undone == ["new2"]

    write(story)


def test_l1_nothing_can_be_undone_once_the_vault_is_locked() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arachide")
        await desk.save()
        await desk.house.vault.lock()
        await desk.house.app.settle()
        assert not [bar for bar in desk.house.app.all(ft.SnackBar) if bar.open]

    write(story)


def test_what_is_missing_is_said_at_the_field_and_beside_the_button() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.save()
        assert f"{t('errors.rejected.missing.what')} {t('errors.rejected.missing.next')}" in desk.house.texts()
        assert t("forms.correct", label=t("sections.allergies.substance")) in desk.house.texts()
        assert desk.editing.added == []
        assert ("scroll_to", "substance") in [(n, (a or {}).get("scroll_key")) for n, a in desk.house.app.client.calls]
        await desk.fill("sections.allergies.substance", "L")
        assert t("forms.correct", label=t("sections.allergies.substance")) not in desk.house.texts()

    write(story)


def test_a_date_that_is_none_is_said_in_words_and_stays_as_it_was_typed() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Latex")
        await desk.fill_date("sections.allergies.since", day="31", month="2", year="2019")
        await desk.save()
        assert f"{t('errors.rejected.not_a_date.what')} {t('errors.rejected.not_a_date.next')}" in desk.house.texts()
        boxes = [
            c.value for c in desk.house.app.walk(desk.named("sections.allergies.since")) if isinstance(c, ft.TextField)
        ]
        assert boxes == ["31", "2", "2019"]

    write(story)


def test_an_unusual_value_is_saved_once_the_person_says_so() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.editing.errors = [Rejected("value", Reason.OUT_OF_RANGE), Rejected("value", Reason.OUT_OF_RANGE)]

    async def story(desk: Desk) -> None:
        await desk.open(Kind.MEASURES, MeasureType.WEIGHT)
        await desk.fill("sections.measures.value", "725")
        await desk.save()
        assert t("forms.unlikely", label=t("sections.measures.value")) in desk.house.texts()
        await desk.house.press("forms.save_anyway")
        ((_, _, entry, confirmed),) = desk.editing.added
        assert confirmed
        assert isinstance(entry, Measure)
        assert (str(entry.value), entry.unit, entry.measure) == ("725", "kg", MeasureType.WEIGHT)

    write(story, prepare=prepare)


def test_a_measure_asks_what_is_measured_and_shows_its_unit_in_the_field() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.MEASURES)
        (measure,) = desk.house.all(ft.Dropdown)
        await desk.house.app.fire(measure, "select", "bp", value="bp")
        boxes = [desk.named(f"sections.measures.{name}") for name in ("value", "value2")]
        assert [box.suffix for box in boxes if isinstance(box, ft.TextField)] == ["mmHg", "mmHg"]
        await desk.fill("sections.measures.value", "128")
        await desk.fill("sections.measures.value2", "82")
        await desk.save()
        ((_, _, entry, _),) = desk.editing.added
        assert isinstance(entry, Measure)
        assert entry.date
        assert (str(entry.value), str(entry.value2)) == ("128", "82")

    write(story)


def test_a_change_shows_what_is_there_and_writes_only_what_differs() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.entry("p0", Kind.ALLERGIES, "a1"))
        await desk.house.press("forms.change")
        box = desk.named("sections.allergies.substance")
        assert isinstance(box, ft.TextField)
        assert box.value == "Nickel"
        newer = NICKEL.model_copy(update={"note": "Vu par l’allergologue"})
        desk.house.session.health.opened["a1"] = newer
        await desk.choose("high")
        await desk.save()
        ((record_id, entry, _),) = desk.editing.changed
        assert record_id == "a1"
        assert entry == newer.model_copy(update={"criticality": Criticality.HIGH})
        assert desk.house.app.page.route == routes.entry("p0", Kind.ALLERGIES, "a1")
        assert t("forms.changed") in desk.house.app.texts()

    write(story)


def test_a_deletion_is_done_at_once_and_can_be_undone() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.entry("p0", Kind.ALLERGIES, "a1"))
        await desk.house.press("forms.delete")
        assert desk.editing.deleted == ["a1"]
        assert desk.house.app.page.route == routes.section("p0", Kind.ALLERGIES)
        await desk.house.app.fire(desk.bar(), "action")
        assert desk.editing.undone == ["a1"]

    write(story)


def test_an_undo_that_fails_is_explained() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.entry("p0", Kind.ALLERGIES, "a1"))
        await desk.house.press("forms.delete")
        desk.editing.errors = [Rejected("id", Reason.UNKNOWN_RECORD)]
        await desk.house.app.fire(desk.bar(), "action")
        assert t("errors.rejected.unknown_record.what") in desk.house.app.texts()

    write(story)


def test_what_somebody_else_entered_is_not_offered_to_change_and_says_why() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.editing.read_only = Reason.NOT_YOURS

    async def story(desk: Desk) -> None:
        await desk.house.go(routes.entry("p0", Kind.ALLERGIES, "a1"))
        assert desk.house.sees("forms.read_only.not_yours")
        assert not desk.house.sees("forms.change")
        assert not desk.house.sees("forms.delete")

    write(story, prepare=prepare)


def test_what_was_being_typed_is_kept_when_the_form_is_left_and_offered_again() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arach")
        await desk.house.go(routes.home("p0"))
        await desk.open(Kind.ALLERGIES)
        assert desk.house.sees("forms.resumed")
        box = desk.named("sections.allergies.substance")
        assert isinstance(box, ft.TextField)
        assert box.value == "Arach"
        await desk.house.press("forms.start_over")
        assert not desk.house.sees("forms.resumed")
        assert desk.editing.drafts == {}
        box = desk.named("sections.allergies.substance")
        assert isinstance(box, ft.TextField)
        assert box.value == ""

    write(story)


def test_l1_what_was_being_typed_when_the_vault_locks_is_kept_in_it_and_found_again() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Arachide")
        await desk.house.vault.lock()
        await desk.house.app.settle()
        assert not desk.house.all(ft.TextField)
        assert not any("Arachide" in text for text in desk.house.app.texts())
        await desk.house.enter(desk.house.ways.secret, "lock.unlock")
        await desk.open(Kind.ALLERGIES)
        box = desk.named("sections.allergies.substance")
        assert isinstance(box, ft.TextField)
        assert box.value == "Arachide"

    write(story)


def test_an_empty_section_offers_to_add_or_to_say_that_there_is_nothing() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.section("p0", Kind.TREATMENTS))
        assert desk.house.sees("forms.add")
        await desk.house.press("sections.treatments.none")
        assert desk.editing.declared == [("p0", Kind.TREATMENTS)]
        await desk.house.app.fire(desk.bar(), "action")
        assert desk.editing.undone == ["nothing"]

    write(story)


def test_nothing_is_declared_of_a_section_that_was_filled_meanwhile() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.editing.errors = [NotAllowed(Reason.NOT_EMPTY)]

    async def story(desk: Desk) -> None:
        await desk.house.go(routes.section("p0", Kind.TREATMENTS))
        await desk.house.press("sections.treatments.none")
        assert desk.house.sees("errors.not_allowed.not_empty.what")

    write(story, prepare=prepare)


def test_professionals_are_not_written_here() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.section("p0", Kind.PROFESSIONALS))
        assert not desk.house.all(ft.FilledButton)
        await desk.open(Kind.PROFESSIONALS)
        assert desk.house.sees("forms.read_only.not_writable")

    write(story)


@pytest.mark.parametrize("width", [390, 1280])
def test_each_writable_kind_has_a_form_with_words_for_all_of_it(width: int) -> None:
    async def story(desk: Desk) -> None:
        for kind in sorted(WRITABLE):
            await desk.open(kind)
            assert desk.house.sees(f"forms.add_{kind}"), kind
            assert desk.house.sees("forms.save"), kind
            assert not desk.house.sees("app.draw_failed"), kind

    write(story, width=width)


def test_in_two_panes_a_form_stands_beside_its_list_with_a_way_back() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES, "a1")
        assert desk.house.sees("forms.save")
        assert desk.house.sees("app.destination_health")
        await desk.house.press("app.back")
        assert desk.house.app.page.route == routes.entry("p0", Kind.ALLERGIES, "a1")

    write(story, width=1280)


def test_the_draft_last_typed_is_the_one_that_is_kept() -> None:
    class Slow(FakeEditing):
        async def save_draft(self, pid: str, form: str, values: Any) -> None:
            await asyncio.sleep(0)
            await super().save_draft(pid, form, values)

    async def run() -> None:
        editing = Slow()
        keeper = DraftKeeper(editing, Task("p0", Kind.ALLERGIES), Opened({}, None))  # type: ignore[arg-type]
        await asyncio.gather(*(keeper.keep({"substance": "Arachide"[:length]}) for length in range(1, 9)))
        assert editing.drafts == {("p0", "allergies"): {"substance": "Arachide"}}
        await keeper.keep({})
        assert editing.drafts == {}

    asyncio.run(run())


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (TypedDate("", "", "2019"), "2019"),
        (TypedDate("", "5", "2019"), "2019-5"),
        (TypedDate("3", "5", "2019"), "2019-5-3"),
        (TypedDate("3", "", ""), "--3"),
        (TypedDate("3", "", "2019"), "2019--3"),
        (TypedDate("3", "5", "2019", "9h"), "2019-5-3T9h"),
        (TypedDate(), ""),
    ],
)
def test_a_date_half_typed_loses_nothing(typed: TypedDate, value: str) -> None:
    assert join_date(typed) == value
    assert split_date(value) == typed


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("9", "09:00"),
        ("9h", "09:00"),
        ("9h5", "09:05"),
        ("905", "09:05"),
        ("14:05", "14:05"),
        ("1405", "14:05"),
        ("x", "x"),
    ],
)
def test_a_time_is_understood_as_people_write_it(typed: str, time: str) -> None:
    assert complete_date(f"2026-11-22T{typed}") == f"2026-11-22T{time}"
