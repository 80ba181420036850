"""The code of a box, pasted or sent by a reader of codes: what it says goes where it belongs."""

import flet as ft

from mes_app.domain.record import Kind
from mes_app.domain.sections.vaccines import Vaccine
from mes_app.domain.values import PartialDate
from mes_app.i18n import t
from tests.views.writing import Desk, write

BOX = "010340093000000717270500" + "10W3R29" + "\x1d21A1B2C3"


def test_the_code_of_a_box_fills_its_lot_and_its_expiry_once_it_is_pasted() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.VACCINES)
        await desk.fill("sections.vaccines.vaccine", "Repevax")
        await desk.fill("sections.vaccines.product", BOX)
        boxes = [desk.named(f"sections.vaccines.{name}") for name in ("product", "lot")]
        assert [box.value for box in boxes if isinstance(box, ft.TextField)] == ["3400930000007", "W3R29"]
        await desk.save()
        ((_, _, entry, _),) = desk.editing.added
        assert isinstance(entry, Vaccine)
        assert (entry.product, entry.lot, entry.expires) == ("3400930000007", "W3R29", PartialDate(text="2027-05"))

    write(story)


def test_a_reader_of_codes_ends_with_the_enter_key_and_saves_nothing() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.TREATMENTS)
        for length in range(1, len(BOX) + 1):
            await desk.fill("sections.treatments.product", BOX[:length])
        await desk.house.app.fire(desk.named("sections.treatments.product"), "submit", BOX)
        lot = desk.named("sections.treatments.lot")
        assert isinstance(lot, ft.TextField)
        assert (lot.value, desk.editing.added) == ("W3R29", [])

    write(story)


def test_a_figure_copied_wrongly_is_said_at_the_code_of_the_box() -> None:
    async def story(desk: Desk) -> None:
        await desk.open(Kind.VACCINES)
        await desk.fill("sections.vaccines.product", "3400930000008")
        box = desk.named("sections.vaccines.product")
        assert isinstance(box, ft.TextField)
        assert box.error == f"{t('errors.rejected.mistyped.what')} {t('errors.rejected.mistyped.next')}"
        await desk.fill("sections.vaccines.product", "340093000000")
        box = desk.named("sections.vaccines.product")
        assert isinstance(box, ft.TextField)
        assert box.error is None

    write(story)


def test_the_field_says_what_can_be_pasted_there() -> None:
    async def story(desk: Desk) -> None:
        for kind in (Kind.VACCINES, Kind.TREATMENTS):
            await desk.open(kind)
            assert t("forms.hints.code") in desk.house.texts()

    write(story)
