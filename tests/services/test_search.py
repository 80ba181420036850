"""Finding documents by any of their words."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from mes_app.domain.document_filters import DocumentFilter, Order
from mes_app.domain.documents import Category
from mes_app.domain.values import PartialDate
from mes_app.errors import Rejected
from mes_app.services.search import Place, Search
from mes_app.store.database import Connection, Database
from mes_app.store.profiles import save_profile
from mes_app.store.search import Unread, index_names, pack_words, save_words
from tests.store.samples import ME, PARENT, make_incoming, make_key, save_one

TEXT = "Bilan du matin. La créatinine est à 70 µmol/L, sans changement."


def fill(con: Connection) -> None:
    """Three documents; the last one says what it is about in its content only."""
    save_profile(con, PARENT)
    for rid, title, category in (
        ("a", "Ordonnance", "ORD_SOIN"),
        ("b", "Créatinine", "BIOLOGIE"),
        ("c", "Lettre", "BIOLOGIE"),
    ):
        record_id = save_one(con, ME, make_incoming(rid, title=title, category=category, date_key=f"2024-{rid}"))
        if rid == "c":
            save_words(con, [(Unread(record_id, None), pack_words(TEXT))])
    index_names(con)


def tell(story: Callable[[Search], Awaitable[None]], folder: Path) -> None:
    async def run() -> None:
        database = await Database.open(folder / "vault.db", make_key(), create=True)
        await database.write(fill)
        await story(Search(database))
        await database.close()

    asyncio.run(run())


def test_what_is_found_tells_where_and_shows_the_words_around(tmp_path: Path) -> None:
    async def story(search: Search) -> None:
        title, text = await search.find(ME, "creat")
        assert (title.row.title, title.place, title.excerpt) == ("Créatinine", Place.TITLE, None)
        assert (text.row.title, text.place) == ("Lettre", Place.TEXT)
        assert text.excerpt is not None
        assert text.excerpt.text == TEXT
        assert [text.excerpt.text[start:end] for start, end in text.excerpt.hits] == ["créat"]

    tell(story, tmp_path)


def test_without_a_word_all_documents_are_there_the_newest_first(tmp_path: Path) -> None:
    async def story(search: Search) -> None:
        for text in ("", " ", "…"):
            every = await search.find(ME, text)
            assert [found.row.title for found in every] == ["Lettre", "Créatinine", "Ordonnance"]
            assert {found.place for found in every} == {None}
        first = await search.find(ME, "", limit=1)
        assert [found.row.title for found in await search.find(ME, "", after=first[-1])] == ["Créatinine", "Ordonnance"]

    tell(story, tmp_path)


def test_pages_and_categories_hold_while_searching(tmp_path: Path) -> None:
    async def story(search: Search) -> None:
        first = await search.find(ME, "creat", limit=1)
        assert [found.row.title for found in await search.find(ME, "creat", after=first[-1])] == ["Lettre"]
        assert await search.find(ME, "creat", chosen=DocumentFilter(category=Category.PRESCRIPTIONS)) == []

    tell(story, tmp_path)


def test_all_documents_follow_the_order_that_is_chosen_and_authors_are_told(tmp_path: Path) -> None:
    async def story(search: Search) -> None:
        rows = [found.row for found in await search.find(ME, "", chosen=DocumentFilter(order=Order.OLDEST))]
        assert [row.date_key for row in rows] == sorted(row.date_key for row in rows)
        assert sum((await search.authors(ME)).values()) == sum(bool(row.subtitle) for row in rows)

    tell(story, tmp_path)


def test_a_period_that_cannot_be_is_refused(tmp_path: Path) -> None:
    async def story(search: Search) -> None:
        period = {"since": PartialDate(text="2025"), "until": PartialDate(text="2024")}
        with pytest.raises(Rejected) as refused:
            await search.find(ME, "", chosen=DocumentFilter(**period))
        assert refused.value.field == "until"

    tell(story, tmp_path)
