"""How far the contents are read is told while it takes time."""

import asyncio

import flet as ft

from mes_app.services.indexing import Progress
from mes_app.views.documents.indexing import tell_indexing, use_indexing
from mes_app.views.state import provide_session, read_today, use_session
from mes_app.views.widgets.boundaries import component
from tests.views.fakes import make_session
from tests.views.harness import App


@component
def told() -> ft.Control:
    return ft.Column(tell_indexing(use_indexing(use_session())))


def test_how_many_are_read_of_all_is_told_until_all_are() -> None:
    session = make_session(read_today())

    async def story() -> None:
        async with App(lambda page: page.render(lambda: provide_session(session, told))) as app:  # type: ignore[arg-type]
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

    asyncio.run(story())
