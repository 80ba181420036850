"""What a viewer must not see is nowhere in their vault: not in a list, an index, a count or what home announces."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from mes_app.bootstrap import make_carnets
from mes_app.config import read_config
from mes_app.domain.document_filters import DocumentFilter, Order
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.services.session import Session
from mes_app.views.home.state import gather_home
from tests.services.family import list_documents

WITHHELD = {
    "Camille Martin": "Anatomopathologie : exérèse d’un nævus",
    "Léo Martin": "Entretien avec l’infirmier scolaire",
}
"""Of the demonstration: a result before its announcement, and what a minor told the nurse of the school."""
WORDS = ("exérèse", "nævus", "naev", "infirmier", "Entretien avec")


def tell(folder: Path, story: Callable[[Session, list[Profile]], Awaitable[None]]) -> None:
    """Run ``story`` in the demonstration, as the mother of the family."""
    carnets = make_carnets(read_config(folder))

    async def run() -> None:
        session = await carnets.demonstration.open()
        try:
            await story(session, await session.profiles.list())
        finally:
            await carnets.vault.lock()

    asyncio.run(run())


async def list_titles(session: Session, pid: str, chosen: DocumentFilter) -> list[str]:
    found = await session.search.find(pid, "", chosen=chosen, limit=500)
    return [each.row.title for each in found]


def test_z3_a_withheld_document_is_in_no_list_whatever_its_order_or_filter(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for person in family:
            withheld = WITHHELD.get(person.name)
            filters = [DocumentFilter(order=order) for order in Order]
            filters += [DocumentFilter(hidden=False), DocumentFilter(unread=True)]
            for chosen in filters:
                assert withheld not in await list_titles(session, person.pid, chosen)
            assert withheld not in [row.title for row in await list_documents(session, person.pid)]

    tell(tmp_path, story)


def test_z3_no_word_of_a_withheld_document_finds_it(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for person in family:
            for word in WORDS:
                titles = [each.row.title for each in await session.search.find(person.pid, word)]
                assert not set(titles) & set(WITHHELD.values())

    tell(tmp_path, story)


def test_z3_every_count_is_that_of_what_may_be_seen(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        status = {found.profile.pid: found.counts for found in (await session.status.read()).profiles}
        for person in family:
            shown = len(await list_titles(session, person.pid, DocumentFilter()))
            counts = await session.documents.counts(person.pid)
            summary = await session.visibility.summarise(person.pid)
            authors = await session.search.authors(person.pid)
            assert sum(counts.values()) == summary.total == status[person.pid][Kind.DOCUMENTS] == shown
            assert sum(authors.values()) <= shown

    tell(tmp_path, story)


def test_z3_home_announces_nothing_of_a_withheld_document(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for person in family:
            unread = await session.documents.unread(person.pid, limit=500)
            assert not {row.title for row in unread} & set(WITHHELD.values())
            home = await gather_home(session, person.pid, tuple(family), date(2026, 11, 20))
            assert not any(title in repr(home) for title in WITHHELD.values())

    tell(tmp_path, story)


def test_z3_hiding_all_leaves_a_withheld_document_alone(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for person in family:
            await session.visibility.choose_all(person.pid, hidden=True)
        changed = {change.title for change in await session.unsent.list()}
        assert changed
        assert not changed & set(WITHHELD.values())
        written = (await session.unsent.export()).data
        assert not any(title.encode() in written for title in WITHHELD.values())

    tell(tmp_path, story)
