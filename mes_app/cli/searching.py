"""Find documents, and the entries of the health profile, by their words."""

import argparse
from dataclasses import asdict
from typing import Any

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.listing import read_all, read_filter, tell_row
from mes_app.cli.terminal import Terminal
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Row
from mes_app.i18n import t
from mes_app.services.indexing import Progress
from mes_app.services.search import Found
from mes_app.services.session import Session


async def search(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """What holds every word: entries of the health profile, then documents, each best first with the words around.

    The contents that came are read before. A filter of documents leaves them alone. Raises Rejected as ``read_filter``.
    """
    pid, text = (await choose_profile(session, arguments.profile)).pid, " ".join(arguments.text)
    chosen = await read_filter(session, pid, arguments)
    await _read_contents(session, terminal)
    names = {measure.value: t(f"sections.measures.measure_{measure}") for measure in MeasureType}
    entries = [] if chosen.count else await session.health.find(pid, text, names)
    documents = await read_all(session, pid, chosen, text)
    lines = [_write(row, names.get(row.category, row.title)) for row in entries]
    lines += [line for each in documents for line in _list_lines(each)]
    data = [_tell_entry(row) for row in entries] + [_tell(each) for each in documents]
    terminal.answer(data, lines or [t("search.nothing")])


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
    return [_write(found.row, found.row.name), *([f"    {found.excerpt.text}"] if found.excerpt else [])]


def _write(row: Row, name: str) -> str:
    """One of either on one line, with the kind it is of."""
    kind, value = t(f"sections.{row.kind}.title"), row.subtitle
    if row.value is not None:
        value = i18n.quantity(row.value, row.unit, row.value2)
    return f"{row.id}  {i18n.partial(row.date_text):<18} {kind:<30} {name}  {value}".rstrip()


def _tell(found: Found) -> dict[str, Any]:
    place = found.place.name.lower() if found.place is not None else None
    excerpt = asdict(found.excerpt) if found.excerpt else None
    return {"kind": found.row.kind.value} | tell_row(found.row) | {"place": place, "excerpt": excerpt}


def _tell_entry(row: Row) -> dict[str, Any]:
    names = ("id", "title", "subtitle", "category", "value", "value2", "unit", "status")
    told = {name: getattr(row, name) for name in names}
    return {"kind": row.kind.value, "date": row.date_text, "source": row.source.value} | told
