"""Find documents by their words."""

import argparse
from dataclasses import asdict
from typing import Any

from mes_app.cli.choosing import choose_profile
from mes_app.cli.listing import read_all, read_filter, tell_row, write_row
from mes_app.cli.terminal import Terminal
from mes_app.i18n import t
from mes_app.services.indexing import Progress
from mes_app.services.search import Found
from mes_app.services.session import Session


async def search(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """The documents that hold every word, the best first, each with the words around. What came is read before.

    Raises Rejected as ``read_filter``.
    """
    profile = await choose_profile(session, arguments.profile)
    chosen = await read_filter(session, profile.pid, arguments)
    await _read_contents(session, terminal)
    found = await read_all(session, profile.pid, chosen, " ".join(arguments.text))
    lines = [line for each in found for line in _list_lines(each)]
    terminal.answer([_tell(each) for each in found], lines or [t("documents.nothing_found")])


async def _read_contents(session: Session, terminal: Terminal) -> None:
    def report(progress: Progress | None) -> None:
        if progress:
            terminal.report(progress.done, progress.total)

    stop = session.indexing.subscribe(report)
    try:
        await session.indexing.run()
    finally:
        stop()


def _list_lines(found: Found) -> list[str]:
    return [write_row(found.row), *([f"    {found.excerpt.text}"] if found.excerpt else [])]


def _tell(found: Found) -> dict[str, Any]:
    place = found.place.name.lower() if found.place is not None else None
    return tell_row(found.row) | {"place": place, "excerpt": asdict(found.excerpt) if found.excerpt else None}
