"""Read the vault: sync, status, lists, one record, a document's content, the synthesis, a booklet."""

import argparse
from typing import Any

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.files import write_file
from mes_app.cli.terminal import Terminal
from mes_app.domain.documents import Content
from mes_app.domain.record import Kind, Row
from mes_app.domain.sync_status import Idle, Stopped
from mes_app.i18n import t
from mes_app.services.session import Session
from mes_app.services.status import ProfileStatus


async def sync(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Bring the vault up to date, the chosen profile first, and say what was left out; raises what stopped it."""
    first = (await choose_profile(session, arguments.profile)).pid if arguments.profile else None
    result = await session.syncing.run(first, thorough=arguments.thorough)
    if isinstance(result, Stopped) and result.error:
        raise result.error
    if isinstance(result, Idle) and result.faults:
        terminal.say(t("cli.left_out", count=len(result.faults)))
    await show_status(session, arguments, terminal)


async def show_status(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:  # noqa: ARG001
    """Profiles, counts, changes that wait or were refused, conflicts, last sync."""
    status = await session.status.read()
    last = t("cli.last_sync", moment=i18n.moment(status.last_success) if status.last_success else t("cli.never"))
    alone = not (status.server or status.last_success)
    data = {
        "profiles": [_profile_data(found) for found in status.profiles],
        "last_sync": status.last_success.isoformat() if status.last_success else None,
        "server": status.server,
    }
    terminal.answer(data, [*map(_profile_line, status.profiles), t("cli.alone") if alone else last])


async def list_records(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """All records of a kind, newest first."""
    profile = await choose_profile(session, arguments.profile)
    rows = await _all_rows(session, profile.pid, Kind(arguments.kind))
    lines = [f"{row.id}  {i18n.partial(row.date_text):<18} {row.title}  {row.subtitle}".rstrip() for row in rows]
    terminal.answer([_row_data(row) for row in rows], lines or [t("cli.nothing_here")])


async def show_record(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """One record with all its fields."""
    entry = await session.health.entry(arguments.id)
    data = entry.model_dump(mode="json", exclude_none=True)
    terminal.answer(data, [f"{name}: {value}" for name, value in data.items()])


async def get_document(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """The content of one document, into a file."""
    content = await session.documents.content(arguments.id)
    write_file(arguments.output, content.data)
    data = {"file": str(arguments.output), "content_type": content.content_type, "size": len(content.data)}
    terminal.answer(data, [t("cli.saved", file=arguments.output, size=i18n.size(len(content.data)))])


async def make_synthesis(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """The synthesis PDF of one profile, into a file."""
    profile = await choose_profile(session, arguments.profile)
    _save(await session.synthesis.make(profile.pid), arguments, terminal)


async def print_booklet(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """The PDF of the health booklet of one profile, into a file."""
    profile = await choose_profile(session, arguments.profile)
    _save(await session.booklets.print(profile.pid), arguments, terminal)


def _save(content: Content, arguments: argparse.Namespace, terminal: Terminal) -> None:
    write_file(arguments.output, content.data)
    data = {"file": str(arguments.output), "size": len(content.data)}
    terminal.answer(data, [t("cli.saved", file=arguments.output, size=i18n.size(len(content.data)))])


async def _all_rows(session: Session, pid: str, kind: Kind) -> list[Row]:
    rows: list[Row] = []
    while page := await session.health.rows(pid, kind, after=rows[-1] if rows else None):
        rows.extend(page)
    return rows


def _row_data(row: Row) -> dict[str, Any]:
    names = ("id", "title", "subtitle", "category", "status", "value", "value2", "unit")
    return {"date": row.date_text, "source": row.source.value} | {name: getattr(row, name) for name in names}


def _profile_data(found: ProfileStatus) -> dict[str, Any]:
    counts = {kind.value: count for kind, count in found.counts.items()}
    profile = {name: getattr(found.profile, name) for name in ("pid", "name", "holder")}
    waiting = {"unsent": found.unsent, "refused": found.refused, "conflicts": found.conflicts}
    return profile | {"local": found.profile.is_local, "counts": counts} | waiting


def _profile_line(found: ProfileStatus) -> str:
    total = sum(found.counts.values())
    if found.profile.is_local:
        return t("cli.profile_local", name=found.profile.name, count=total)
    waiting = {"unsent": found.unsent, "refused": found.refused, "conflicts": found.conflicts}
    return t("cli.profile_line", name=found.profile.name, count=total, **waiting)
