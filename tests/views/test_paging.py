"""Rows page by page."""

import asyncio

import flet as ft

from mes_app.domain.record import Change, Kind, Row
from mes_app.views.state import provide_session, read_today
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.paging import PAGE_ROWS, PagedRows, use_pages
from tests.views.fakes import make_session
from tests.views.harness import App


def make_rows(count: int) -> list[Row]:
    return [Row(id=str(place), profile="p0", kind=Kind.DOCUMENTS, title=f"{place:03}") for place in range(count)]


async def scroll(app: App, pixels: float) -> None:
    place = {
        "event_type": "update",
        "pixels": pixels,
        "min_scroll_extent": 0.0,
        "max_scroll_extent": 5000.0,
        "viewport_dimension": 800.0,
    }
    await app.fire(app.one(ft.ListView), "scroll", place)


def test_the_next_page_follows_the_last_row_and_a_change_reads_again_what_is_shown() -> None:
    rows, session, asked = make_rows(150), make_session(read_today()), list[str]()

    async def read_page(after: Row | None) -> list[Row]:
        asked.append(after.id if after else "")
        start = rows.index(after) + 1 if after else 0
        return rows[start : start + PAGE_ROWS]

    @component
    def listing() -> ft.Control:
        paged: PagedRows[Row] = use_pages(read_page, ["p0"], (Kind.DOCUMENTS,))
        return ft.ListView(
            [ft.Text(row.title) for row in paged.read.value.rows] if paged.read.value else [], on_scroll=paged.scroll
        )

    async def story() -> None:
        async with App(lambda page: page.render(lambda: provide_session(session, listing))) as app:  # type: ignore[arg-type]
            assert len(app.texts()) == PAGE_ROWS
            await scroll(app, 1000)
            assert asked == [""]
            await scroll(app, 4500)
            assert len(app.texts()) == 2 * PAGE_ROWS
            await scroll(app, 4500)
            await scroll(app, 4500)
            assert app.texts() == [row.title for row in rows]
            assert asked == ["", "59", "119"]
            rows.insert(0, Row(id="new", profile="p0", kind=Kind.DOCUMENTS, title="new"))
            session.commit(Change("p0", Kind.DOCUMENTS))
            await app.settle()
            assert app.texts() == [row.title for row in rows]

    asyncio.run(story())
