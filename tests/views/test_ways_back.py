"""Back leads to where one came across from, even through several screens, and else to what a screen is part of."""

from pathlib import Path

import flet as ft

from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from tests.views.closed_stories import go_back
from tests.views.rooms import Rooms, tell
from tests.views.test_booklet import open_booklet

BACK = f"^{t('app.back')}$"


def shown(rooms: Rooms) -> str:
    """The address without what is told of the way."""
    return str(rooms.app.page.route).partition("?")[0]


def test_a_document_opened_from_the_home_leads_back_to_the_home(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        home = shown(rooms)
        await rooms.press("^Notes pour le prochain rendez-vous$")
        await rooms.until(lambda: "/documents/" in shown(rooms))
        await go_back(rooms.app)
        await rooms.until(lambda: rooms.app.page.route == home)

    tell(story, tmp_path)


def test_each_step_across_is_gone_back_one_by_one(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_booklet(rooms)
        booklet = rooms.app.page.route
        await rooms.press(f"^{t('booklet.growth')}$")
        await rooms.until(lambda: shown(rooms).endswith(f"/{Kind.MEASURES}/{routes.GROWTH}"))
        routes.go_across(routes.prevention(booklet.split("/")[1]))
        await rooms.until(lambda: shown(rooms).endswith(f"/{routes.PREVENTION}"))
        await go_back(rooms.app)
        await rooms.until(lambda: shown(rooms).endswith(f"/{routes.GROWTH}"))
        await go_back(rooms.app)
        await rooms.until(lambda: rooms.app.page.route == booklet)

    tell(story, tmp_path)


def test_teeth_are_part_of_the_booklet(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await open_booklet(rooms)
        booklet = rooms.app.page.route
        await rooms.press(f"^{t('booklet.teeth')}$")
        await rooms.see("^71$")
        await go_back(rooms.app)
        await rooms.until(lambda: rooms.app.page.route == booklet)

    tell(story, tmp_path)


def test_in_two_panes_the_way_back_stands_above_what_was_opened(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        home = shown(rooms)
        await rooms.press("^Notes pour le prochain rendez-vous$")
        await rooms.press(BACK)
        await rooms.until(lambda: rooms.app.page.route == home)
        assert rooms.app.one(ft.NavigationRail).selected_index == 0

    tell(story, tmp_path, width=1280)
