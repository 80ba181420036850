"""Filtering and sorting the documents in their sheet."""

import re
from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

DOCUMENTS = 1
HIDDEN = "^Entretien postnatal précoce$"
NEWEST, OLDEST = "^Notes pour le prochain rendez-vous$", "^Biologie : bilan thyroïdien et numération$"


def list_titles(rooms: Rooms) -> list[str]:
    """Of the rows of the list, from its top."""
    return [str(tile.title.value) for tile in rooms.app.all(ft.ListTile) if isinstance(tile.title, ft.Text)]


async def open_sheet(rooms: Rooms) -> None:
    await rooms.go(DOCUMENTS)
    await rooms.see(NEWEST)
    await rooms.press(f"^{re.escape(t('filters.title'))}$")
    await rooms.see(t("filters.date_hint"))


async def pick(rooms: Rooms, words: str) -> None:
    """Press the chip that begins with ``words``, in the sheet that is open."""

    def find() -> list[ft.Chip]:
        return [chip for chip in rooms.app.all(ft.Chip) if str(chip.label).startswith(words)]

    await rooms.until(lambda: bool(find()))
    await rooms.app.fire(find()[-1], "select")


def test_the_hidden_documents_are_found_by_their_chip_and_all_come_back_by_clearing(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_sheet(rooms)
        await pick(rooms, t("filters.hidden.yes"))
        await rooms.gone(NEWEST)
        await rooms.see(HIDDEN)
        assert list_titles(rooms) == ["Entretien postnatal précoce"]
        await rooms.press(f"^{t('filters.clear')}$")
        await rooms.see(NEWEST)

    tell(story, tmp_path)


def test_the_order_turns_and_titles_follow_the_alphabet(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_sheet(rooms)
        await pick(rooms, t("filters.orders.oldest"))
        await rooms.until(lambda: bool(re.match(OLDEST, list_titles(rooms)[0])))
        await pick(rooms, t("filters.orders.title"))
        await rooms.until(lambda: list_titles(rooms)[0].startswith("Attestation"))
        await rooms.gone("^octobre 2026$")

    tell(story, tmp_path)


def test_a_period_typed_in_part_narrows_the_list_and_a_wrong_one_says_so(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_sheet(rooms)
        since, until = rooms.app.all(ft.TextField)[-2:]
        await rooms.app.type(until, "2022")
        await rooms.gone(NEWEST)
        await rooms.see(OLDEST)
        await rooms.app.type(since, "hier")
        await rooms.until(lambda: bool(rooms.app.all(ft.TextField)[-2].error))
        await rooms.see(OLDEST)

    tell(story, tmp_path)


def test_an_author_is_chosen_among_those_of_most_documents(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_sheet(rooms)
        await pick(rooms, "Dr Karim Benali")
        await rooms.gone(NEWEST)
        assert len(list_titles(rooms)) == 3

    tell(story, tmp_path)


def test_filters_that_leave_nothing_can_be_cleared_in_place(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_sheet(rooms)
        await pick(rooms, t("filters.sources.relative"))
        await rooms.see(t("filters.nothing"))
        await rooms.press(f"^{t('filters.clear')}$")
        await rooms.see(NEWEST)

    tell(story, tmp_path)


def test_by_episode_documents_stand_under_its_days_and_its_place(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_sheet(rooms)
        await pick(rooms, t("filters.orders.episode"))
        await rooms.see(r"^10 nov\.\s2025 · Laboratoire du Val d’Orle$")
        await rooms.see(r"^8–19 sept\.\s2025 · Maternité des Genêts$")
        await rooms.gone("^novembre 2026$")

    tell(story, tmp_path)
