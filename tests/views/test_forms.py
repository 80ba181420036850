"""What a person writes: each field as it asks to be filled, errors in words at the field, nothing typed ever lost."""

from decimal import Decimal

import flet as ft
import pytest

from mes_app.domain.inputs import ADDABLE
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality
from mes_app.domain.sections.measures import Measure
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.views import routes
from tests.views.desks import NICKEL
from tests.views.protection import ProtectedSession
from tests.views.writing import Desk, write


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


def test_what_is_missing_is_said_at_the_field_and_beside_the_button() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.save()
        box = desk.named("sections.allergies.substance")
        assert isinstance(box, ft.TextField)
        assert box.error == f"{t('errors.rejected.missing.what')} {t('errors.rejected.missing.next')}"
        assert "focus" in [name for name, _ in desk.house.app.client.calls]
        correct = t("forms.correct", label=t("sections.allergies.substance"))
        live = [each for each in desk.house.all(ft.Semantics) if each.live_region and each.container]
        assert correct in [each.content.value for each in live if isinstance(each.content, ft.Text)]
        assert desk.editing.added == []
        assert ("scroll_to", "substance") in [(n, (a or {}).get("scroll_key")) for n, a in desk.house.app.client.calls]
        await desk.fill("sections.allergies.substance", "L")
        assert t("forms.correct", label=t("sections.allergies.substance")) not in desk.house.texts()

    write(story)


def test_the_button_that_saves_comes_before_the_fields_and_scrolls_with_none_of_them() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        shown = [*desk.house.walk()]
        (button,) = [each for each in desk.house.all(ft.FilledButton) if each.content == t("forms.save")]
        fields = desk.house.all(ft.TextField)
        assert fields
        assert all(shown.index(button) < shown.index(field) for field in fields)
        assert not [page for page in desk.house.all(ft.ListView) if button in desk.house.app.walk(page)]

    write(story)


def test_a_field_stays_the_same_one_while_its_error_comes_and_goes() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        fields = [field._i for field in desk.house.all(ft.TextField)]
        await desk.save()
        assert [field._i for field in desk.house.all(ft.TextField)] == fields
        await desk.fill("sections.allergies.substance", "L")
        assert [field._i for field in desk.house.all(ft.TextField)] == fields

    write(story)


def test_what_a_page_scrolls_to_holds_no_field_for_it_is_made_anew_at_each_new_height() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        marks = [mark for mark in desk.house.all(ft.Container) if isinstance(mark.key, ft.ScrollKey)]
        assert marks
        assert [[*desk.house.app.walk(mark)] for mark in marks] == [[mark] for mark in marks]

    write(story)


def test_a_date_that_is_none_is_said_in_words_and_stays_as_it_was_typed() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Latex")
        await desk.fill_date("sections.allergies.since", day="31", month="2", year="2019")
        await desk.save()
        assert f"{t('errors.rejected.not_a_date.what')} {t('errors.rejected.not_a_date.next')}" in desk.house.texts()
        boxes = [c for c in desk.house.app.walk(desk.named("sections.allergies.since")) if isinstance(c, ft.TextField)]
        assert [box.value for box in boxes] == ["31", "2", "2019"]
        assert all(box.error for box in boxes)

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
        boxes = [desk.named(f"sections.measures.{name}") for name in ("systolic", "diastolic")]
        assert [box.suffix for box in boxes if isinstance(box, ft.TextField)] == [None, "mmHg"]
        (_, unit) = desk.house.all(ft.Dropdown)
        assert ([option.text for option in unit.options], unit.value) == (["mmHg", "cmHg"], "mm[Hg]")
        await desk.fill("sections.measures.systolic", "128")
        await desk.fill("sections.measures.diastolic", "82")
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


@pytest.mark.parametrize("width", [390, 1280])
def test_each_writable_kind_has_a_form_with_words_for_all_of_it(width: int) -> None:
    async def story(desk: Desk) -> None:
        for kind in sorted(ADDABLE):
            await desk.open(kind)
            assert desk.house.sees(f"forms.add_{kind}"), kind
            assert desk.house.sees("forms.save"), kind
            assert not desk.house.sees("app.draw_failed"), kind

    write(story, width=width)


@pytest.mark.parametrize("about", ["", "a1"])
def test_in_two_panes_a_form_stands_above_its_list_where_tab_goes_from_field_to_field(about: str) -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES, about)
        assert desk.house.sees("forms.save")
        assert desk.house.app.all(ft.NavigationRail)
        assert not desk.house.all(ft.NavigationRail)

    write(story, width=1280)


def test_a_number_is_said_in_the_unit_chosen_beside_it_which_is_remembered() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.MEASURES, MeasureType.WEIGHT)
        await desk.fill("sections.measures.value", "3450")
        (_, unit) = desk.house.all(ft.Dropdown)
        assert desk.house.app.one(ft.Semantics, label=t("sections.measures.unit")).value == "kg"
        await desk.house.app.fire(unit, "select", "g", value="g")
        assert desk.house.app.one(ft.Semantics, label=t("sections.measures.unit")).value == "g"
        await desk.save()
        ((_, _, entry, _),) = desk.editing.added
        assert isinstance(entry, Measure)
        assert (str(entry.value), entry.unit) == ("3.450", "kg")
        await desk.open(Kind.MEASURES, MeasureType.WEIGHT)
        assert desk.house.app.one(ft.Semantics, label=t("sections.measures.unit")).value == "g"

    write(story)


def test_what_is_corrected_is_shown_in_the_unit_of_its_person() -> None:
    def prepare(session: ProtectedSession) -> None:
        weight = Measure(id="m1", title="Poids", measure=MeasureType.WEIGHT, value=Decimal("3.450"), unit="kg")
        session.health.opened["m1"] = weight.model_copy(update={"date": PartialDate(text="2026-10-01")})
        session.measures.chosen["weight"] = "g"

    async def story(desk: Desk) -> None:
        await desk.open(Kind.MEASURES, "m1")
        box = desk.named("sections.measures.value")
        assert isinstance(box, ft.TextField)
        assert box.value == "3450"
        await desk.fill("sections.measures.value", "3500")
        await desk.save()
        ((_, entry, _),) = desk.editing.changed
        assert isinstance(entry, Measure)
        assert (str(entry.value), entry.unit) == ("3.500", "kg")

    write(story, prepare=prepare)


def test_numbers_are_shown_and_typed_with_a_comma_and_kept_as_they_were_typed() -> None:
    def prepare(session: ProtectedSession) -> None:
        weight = Measure(id="m1", title="Poids", measure=MeasureType.WEIGHT, value=Decimal("31.50"), unit="kg")
        session.health.opened["m1"] = weight.model_copy(update={"date": PartialDate(text="2026-10-01")})

    async def story(desk: Desk) -> None:
        await desk.open(Kind.MEASURES, "m1")
        box = desk.named("sections.measures.value")
        assert isinstance(box, ft.TextField)
        assert box.value == "31,50"
        await desk.fill("sections.measures.value", "32,10")
        await desk.save()
        ((_, entry, _),) = desk.editing.changed
        assert isinstance(entry, Measure)
        assert str(entry.value) == "32.10"

    write(story, prepare=prepare)
