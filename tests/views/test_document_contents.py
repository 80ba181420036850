"""What a document shows once it is open: its narrative and results, its frames, or the field for its password."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

import flet as ft

from mes_app.device.pdf_readers import choose_pdf_reader
from mes_app.domain.content_types import sniff_content_type
from mes_app.domain.documents import Content
from mes_app.i18n import t
from mes_app.services.carnets import Carnets
from mes_app.services.previews import Previews
from mes_app.services.session import Session
from mes_app.views.documents.contents import content_panel
from mes_app.views.state import AppState, UiPrefs, provide_session, provide_state
from mes_app.views.widgets.previews import open_preview
from mes_app.views.widgets.zooming import ZOOM_STEP
from tests.formats.clinical_documents import answer, carrier, letter, report
from tests.formats.locked_files import locked
from tests.formats.scans import rising, scan
from tests.services.family import image, pdf
from tests.views.harness import App


class OneDocument:
    """The dossier of a person who has one document, read by the real previews."""

    def __init__(self, data: bytes) -> None:
        self._previews = Previews(choose_pdf_reader())
        self._content = Content(data=data, content_type=sniff_content_type(data), file_name="document")
        self.preview, self.render_frame = self._previews.preview, self._previews.render_frame
        self.render_page = self._previews.render_page

    async def content(self, _record_id: str) -> Content:
        return self._content


class Reader:
    """Somebody who has opened the document."""

    def __init__(self, app: App) -> None:
        self.app = app

    def words(self) -> list[str]:
        spans = (span.text or "" for span in self.app.all(ft.TextSpan))
        return [*self.app.texts(), *spans]

    def labels(self) -> list[str]:
        return [str(each.label) for each in self.app.all(ft.Semantics) if each.label]

    async def until(self, told: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            await self.app.until(told)


def read(data: bytes, story: Callable[[Reader], Awaitable[None]], *, wide: bool = False) -> None:
    """Open the document ``data`` and tell ``story``."""

    async def run() -> None:
        session = cast(Session, SimpleNamespace(documents=OneDocument(data)))
        opened = await open_preview(session, session.documents.content("d"))
        state = AppState(cast(Carnets, None), ui=UiPrefs(rail=wide))
        draw: Any = lambda: provide_session(session, lambda: content_panel("d", opened))  # noqa: E731
        async with App(lambda page: page.render(lambda: provide_state(state, draw))) as app:
            await story(Reader(app))

    asyncio.run(run())


def test_results_are_a_table_that_says_in_words_what_is_outside() -> None:
    async def story(reader: Reader) -> None:
        assert t("reading.place.above") in reader.words()
        assert "Glycémie à jeun : 1,26\u202fg/L, au-dessus, Référence : 0,7 à 1,1\u202fg/L" in reader.labels()
        assert "CRP : < 5 mg/L" in reader.labels()

    bound = answer("CRP", '<value xsi:type="IVL_PQ"><high value="5" unit="mg/L"/></value>')
    for wide in (False, True):
        read(report(bound), story, wide=wide)


def test_a_narrative_keeps_its_headings_its_lists_and_its_tables() -> None:
    async def story(reader: Reader) -> None:
        headings = [(each.content.value, each.heading_level) for each in reader.app.all(ft.Semantics, header=True)]  # type: ignore[union-attr]
        assert ("Biochimie", 3) in headings
        assert "à jeun" in reader.words()
        assert "Analyse : Glycémie à jeun, Résultat : 1,26 g/L" in reader.labels()
        assert {"1.", "2.", "•"} <= set(reader.words())
        assert t("reading.pictures", count=1) in reader.words()
        assert any("Camille MARTIN" in words for words in reader.words())

    read(report(), story)


def test_a_table_of_many_columns_becomes_cards_on_a_phone() -> None:
    table = (
        "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    )

    async def narrow(reader: Reader) -> None:
        assert "A : 1, B : 2, C : 3" in reader.labels()
        assert not any(row for row in reader.app.all(ft.Row) if len(row.controls) == 3)

    async def wide(reader: Reader) -> None:
        assert any(row for row in reader.app.all(ft.Row) if len(row.controls) == 3)

    read(letter(table), narrow)
    read(letter(table), wide, wide=True)


def test_a_document_without_text_says_so() -> None:
    async def story(reader: Reader) -> None:
        assert t("reading.empty") in reader.words()

    read(letter(""), story)


def test_a_file_inside_a_clinical_document_is_shown_in_its_place() -> None:
    async def story(reader: Reader) -> None:
        await reader.until(lambda: [each for each in reader.app.all(ft.Image) if isinstance(each.src, bytes)])

    read(carrier(image("JPEG")), story)


def test_a_wrong_password_says_so_and_the_right_one_shows_the_pages() -> None:
    async def story(reader: Reader) -> None:
        field = reader.app.one(ft.TextField)
        assert reader.app.one(ft.FilledButton).disabled
        assert t("reading.password_note") in [
            each.content.value
            for each in reader.app.all(ft.Semantics)
            if each.container and isinstance(each.content, ft.Text)
        ]
        await reader.app.type(field, "ete")
        await reader.app.click(reader.app.one(ft.FilledButton))
        await reader.until(lambda: reader.app.one(ft.TextField).error)
        await reader.app.type(reader.app.one(ft.TextField), "été")
        await reader.app.click(reader.app.one(ft.FilledButton))
        await reader.until(lambda: [each for each in reader.app.all(ft.Image) if isinstance(each.src, bytes)])
        assert not reader.app.all(ft.TextField)

    read(locked(pdf("Bonjour"), "été"), story)


def test_a_scan_is_leafed_through_and_made_lighter() -> None:
    async def story(reader: Reader) -> None:
        def drawn() -> bytes:
            return next((each.src for each in reader.app.all(ft.Image) if isinstance(each.src, bytes)), b"")

        await reader.until(drawn)
        frames, brightness, _contrast = reader.app.all(ft.Slider)
        first = drawn()
        await reader.app.fire(frames, "change", value=2.0)
        await reader.until(lambda: drawn() != first)
        assert t("reading.frame", number=3, count=3) in reader.words()
        third = drawn()
        await reader.app.fire(reader.app.one(ft.KeyboardListener), "key_down", {"key": "Page Up"})
        await reader.until(lambda: t("reading.frame", number=2, count=3) in reader.words())
        await reader.app.fire(reader.app.one(ft.KeyboardListener), "key_down", {"key": "Page Down"})
        await reader.until(lambda: drawn() == third)
        frames, brightness, _contrast = reader.app.all(ft.Slider)
        await reader.app.fire(brightness, "change", value=float(brightness.max or 0))
        await reader.until(lambda: drawn() != third)
        chip = next(chip for chip in reader.app.all(ft.Chip) if not chip.selected)
        await reader.app.fire(chip, "select")
        assert [each.label for each in reader.app.all(ft.Chip, selected=True)] == [chip.label]

    more: dict[str, Any] = {"WindowCenter": "120", "WindowWidth": "60", "WindowCenterWidthExplanation": "Os"}
    read(scan(rising(3), NumberOfFrames=3, **more), story, wide=True)


def test_on_a_phone_a_scan_has_the_place_and_its_greys_are_chosen_on_demand() -> None:
    async def story(reader: Reader) -> None:
        async def press(sign: ft.IconData, words: str) -> None:
            icon = reader.app.one(ft.Icon, icon=sign)
            assert icon.semantics_label == words
            await reader.app.click(next(one for one in reader.app.all(ft.IconButton) if one.icon is icon))

        assert len(reader.app.all(ft.Slider)) == 1
        await press(ft.Icons.TUNE_ROUNDED, t("reading.tune"))
        assert len(reader.app.all(ft.Slider)) == 3
        await press(ft.Icons.EXPAND_MORE_ROUNDED, t("reading.tuned"))
        assert len(reader.app.all(ft.Slider)) == 1

    read(scan(rising(3), NumberOfFrames=3), story)


def test_pages_tell_where_they_are_and_an_enlarged_one_is_turned_and_left_by_keys() -> None:
    async def story(reader: Reader) -> None:
        app = reader.app

        def words(number: int) -> str:
            return t("files.page", number=number, count=3)

        async def press(key: str) -> None:
            await app.fire(app.one(ft.KeyboardListener), "key_down", {"key": key})

        await reader.until(lambda: {words(1), words(2), words(3)} <= set(reader.words()))
        second = [box for box in app.all(ft.Container) if box.aspect_ratio and box.on_click][1]
        await app.click(second)
        place = app.one(ft.Container, bgcolor=ft.Colors.SURFACE_CONTAINER)
        await app.fire(place, "size_change", {"w": 360.0, "h": 600.0})
        await reader.until(lambda: app.all(ft.InteractiveViewer))
        for key in ("+", "-", "Numpad Add"):
            await press(key)
        factors = [arguments["factor"] for name, arguments in app.client.calls if name == "zoom"]
        assert factors == [ZOOM_STEP, 1 / ZOOM_STEP, ZOOM_STEP]
        moves = [(round(told["dx"]), round(told["dy"])) for name, told in app.client.calls if name == "pan"]
        assert moves[:2] == [(-60, -100), (90, 150)], "the middle stays where it is"
        await press("Page Down")
        assert words(3) in reader.words()
        await press("Page Down")
        await press("Page Up")
        assert words(2) in reader.words()
        await press("Escape")
        assert not app.all(ft.KeyboardListener)

    read(image("TIFF", pages=3), story)
