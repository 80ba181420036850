"""The documents of a person by the filters of the screen: category, author, period, source, visibility, order."""

import argparse
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from mes_app import i18n
from mes_app.cli.arranging import choose_folder
from mes_app.cli.choosing import choose_profile
from mes_app.cli.terminal import Terminal
from mes_app.domain.document_filters import DocumentFilter, Order
from mes_app.domain.documents import Category
from mes_app.domain.episodes import Episode
from mes_app.domain.record import Row, Source
from mes_app.domain.typed_values import parse_date
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.services.search import Found
from mes_app.services.session import Session

_HIDDEN = {"": None, "yes": True, "no": False}


async def list_documents(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """All that the filters leave, in the order asked. Raises Rejected as ``read_filter``."""
    pid = (await choose_profile(session, arguments.profile)).pid
    chosen = await read_filter(session, pid, arguments)
    documents = await read_all(session, pid, chosen)
    data = [tell_row(found.row) | tell_episode(found.episode) for found in documents]
    terminal.answer(data, [*write_rows(documents)] or [t("cli.nothing_here")])


async def list_versions(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """What a document stands for in lists, or what stands for it: newer and former versions, and copies."""
    found = await session.documents.versions(arguments.id)
    parts = {"newer_version": found.newer, "previous_version": found.previous, "same_document": found.same}
    data = [tell_row(row) | {"relation": name} for name, rows in parts.items() for row in rows]
    lines = [f"{write_row(row)}  ({t(f'reading.{name}')})" for name, rows in parts.items() for row in rows]
    terminal.answer(data, lines or [t("cli.nothing_here")])


async def read_filter(session: Session, pid: str, arguments: argparse.Namespace) -> DocumentFilter:
    """What the options ask. Raises Rejected("since", "until") for an impossible period, Rejected("folder")."""
    return DocumentFilter(
        category=Category(arguments.category) if arguments.category else None,
        author=arguments.author,
        since=_read_date("since", arguments.since),
        until=_read_date("until", arguments.until),
        source=Source(arguments.source) if arguments.source else None,
        hidden=_HIDDEN[arguments.hidden],
        folder=await choose_folder(session, pid, arguments.folder),
        unread=arguments.unread,
        order=Order(arguments.sort),
    )


def _read_date(name: str, typed: str) -> PartialDate | None:
    """A day, a month or a year as people type them. Raises Rejected(``name``, NOT_A_DATE)."""
    day = parse_date(typed) if typed else None
    if typed and day is None:
        raise Rejected(name, Reason.NOT_A_DATE)
    return day


async def read_all(session: Session, pid: str, chosen: DocumentFilter, text: str = "") -> list[Found]:
    """Every page of what ``chosen`` leaves and ``text`` finds."""
    found: list[Found] = []
    while page := await session.search.find(pid, text, chosen=chosen, after=found[-1] if found else None):
        found.extend(page)
    return found


def write_rows(documents: Iterable[Found]) -> Iterator[str]:
    """One document on one line, each episode under its own."""
    for episode, of_part in groupby(documents, lambda found: found.episode):
        if episode:
            days = (episode.first, episode.last)
            when = i18n.span(*(day.text for day in days if day)) if all(days) else t("documents.undated")
            yield f"{when}  {episode.place}".rstrip()
        for found in of_part:
            yield write_row(found.row)


def tell_episode(episode: Episode | None) -> dict[str, Any]:
    """The same for machines."""
    if episode is None:
        return {}
    first, last = (day.text if day else "" for day in (episode.first, episode.last))
    return {"episode": {"id": episode.id, "place": episode.place, "first": first, "last": last, "count": episode.count}}


def write_row(row: Row) -> str:
    """One document on one line."""
    return f"{row.id}  {i18n.partial(row.date_text):<18} {row.name}  {row.subtitle}".rstrip()


def tell_row(row: Row) -> dict[str, Any]:
    """The same for machines."""
    names = ("id", "title", "own_title", "subtitle", "category", "hidden", "pinned", "folder", "unread")
    return {"date": row.date_text, "source": row.source.value} | {name: getattr(row, name) for name in names}
