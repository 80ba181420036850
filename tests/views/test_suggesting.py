"""What a form proposes below a field while it is being typed."""

import flet as ft

from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.sections.vaccines import Vaccine
from mes_app.i18n import t
from tests.views.writing import Desk, write


def proposed(desk: Desk) -> list[ft.OutlinedButton]:
    groups = [each for each in desk.house.all(ft.Semantics) if each.label == t("forms.suggestions")]
    return [each for group in groups for each in desk.house.app.walk(group) if isinstance(each, ft.OutlinedButton)]


def test_a_press_takes_what_is_proposed_and_the_keyboard_goes_back_to_the_field() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        assert proposed(desk) == []
        await desk.fill("sections.allergies.substance", "peni")
        (button,) = proposed(desk)
        await desk.house.app.click(button)
        assert proposed(desk) == []
        assert "focus" in [name for name, _ in desk.house.app.client.calls]
        await desk.save()
        ((_, _, entry, _),) = desk.editing.added
        assert isinstance(entry, Allergy)
        assert (entry.substance.text, entry.substance.code) == ("Pénicilline", None)

    write(story)


def test_words_that_are_not_proposed_are_as_good() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.ALLERGIES)
        await desk.fill("sections.allergies.substance", "Bois de la terrasse")
        await desk.save()
        ((_, _, entry, _),) = desk.editing.added
        assert isinstance(entry, Allergy)
        assert entry.substance.text == "Bois de la terrasse"

    write(story)


def test_a_vaccine_chosen_says_its_diseases() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.VACCINES)
        await desk.fill("sections.vaccines.vaccine", "rougeole")
        await desk.house.app.click(proposed(desk)[0])
        await desk.save()
        ((_, _, entry, _),) = desk.editing.added
        assert isinstance(entry, Vaccine)
        assert entry.diseases == ("Rougeole", "Oreillons", "Rubéole")

    write(story)
