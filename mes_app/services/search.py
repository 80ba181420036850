"""Finding a document by any of its words: title, author or content. Words are looked for on this device only."""

from collections.abc import Sequence
from dataclasses import dataclass

from mes_app.domain.document_filters import EVERY_DOCUMENT, DocumentFilter, Order, check_filter
from mes_app.domain.episodes import Episode
from mes_app.domain.record import Row
from mes_app.domain.searching import Excerpt, Place, Term, make_excerpt, parse_query
from mes_app.store import records
from mes_app.store.database import Connection, Database
from mes_app.store.document_filters import count_by_author, list_documents
from mes_app.store.episodes import list_by_episode
from mes_app.store.search import Match, find_documents

__all__ = ["Excerpt", "Found", "Place", "Search"]


@dataclass(frozen=True, slots=True)
class Found:
    """A document of a list. ``place`` is where it was found, None where nothing was looked for.

    ``terms`` are what was looked for; ``excerpt`` the words around the hit in its content, where it was found there
    only. ``episode`` is told where they are asked for by episode.
    """

    row: Row
    place: Place | None = None
    terms: tuple[Term, ...] = ()
    excerpt: Excerpt | None = None
    episode: Episode | None = None


class Search:
    """Finds the documents of one person at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(
        self,
        pid: str,
        text: str,
        *,
        chosen: DocumentFilter = EVERY_DOCUMENT,
        after: Found | None = None,
        limit: int = records.PAGE,
    ) -> list[Found]:
        """One page of the documents that ``chosen`` leaves and that hold every word of ``text``, the last of which may
        be only begun.

        Those that say it in their title come first, then by their author, then in their content; the newest first.
        Where ``text`` holds no word, all that ``chosen`` leaves in its own order. ``after`` is the last one of the page
        before. Raises Rejected as ``check_filter``.
        """
        terms, chosen = parse_query(text), check_filter(chosen)
        return await self._database.read(find_page, pid, terms, chosen=chosen, after=after, limit=limit)

    async def authors(self, pid: str) -> dict[str, int]:
        """How many documents each author has, the most first."""
        return await self._database.read(count_by_author, pid)


def find_page(
    con: Connection,
    pid: str,
    terms: Sequence[Term],
    *,
    chosen: DocumentFilter = EVERY_DOCUMENT,
    after: Found | None = None,
    limit: int = records.PAGE,
) -> list[Found]:
    """The same of a query already parsed."""
    last = after.row if after else None
    if not terms and chosen.order is Order.EPISODE:
        page = list_by_episode(con, pid, chosen, after=last, limit=limit)
        return [Found(row, episode=episode) for row, episode in page]
    if not terms:
        return [Found(row) for row in list_documents(con, pid, chosen, after=last, limit=limit)]
    match = Match(after.row, after.place) if after and after.place is not None else None
    found = find_documents(con, pid, terms, chosen=chosen, after=match, limit=limit)
    looked_for = tuple(terms)
    return [Found(each.row, each.place, looked_for, make_excerpt(each.text, looked_for)) for each in found]
