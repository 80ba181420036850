"""How far the contents are read is told while it takes time."""

import asyncio
from collections.abc import Awaitable, Callable

import flet as ft

from mes_app.services.indexing import Progress
from mes_app.views.documents.indexing import indexing_bar, use_indexing
from mes_app.views.state import provide_session, read_today, use_session
from mes_app.views.widgets.boundaries import component
from tests.views.fakes import FakeSession, make_session
from tests.views.harness import App


def tell(draw: Callable[[], ft.Control], story: Callable[[App, FakeSession], Awaitable[None]]) -> None:
    session = make_session(read_today())

    async def run() -> None:
        async with App(lambda page: page.render(lambda: provide_session(session, draw))) as app:  # type: ignore[arg-type]
            await story(app, session)

    asyncio.run(run())


def test_how_many_are_read_of_all_is_told_until_all_are() -> None:
    async def story(app: App, session: FakeSession) -> None:
        assert app.texts() == []
        session.indexing.tell(Progress(312, 1200))
        await app.settle()
        assert app.texts() == ["Indexation 312/1\u202f200"]
        assert app.one(ft.ProgressBar).value == 312 / 1200
        session.indexing.tell(Progress(1, 2))
        await app.settle()
        assert app.texts() == []
        session.indexing.tell(None)
        await app.settle()
        assert app.texts() == []

    tell(indexing_bar, story)


def test_who_asks_only_whether_some_wait_is_not_drawn_again_for_each_few_that_are_read() -> None:
    drawn: list[bool] = []

    @component
    def listing() -> ft.Control:
        drawn.append(use_indexing(use_session(), lambda progress: progress is not None))
        return ft.Container()

    async def story(app: App, session: FakeSession) -> None:
        for done in range(3):
            session.indexing.tell(Progress(done, 1200))
            await app.settle()
        session.indexing.tell(None)
        await app.settle()
        assert drawn == [False, True, False]

    tell(listing, story)
