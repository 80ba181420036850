"""What is not settled with the server: versions to choose between, changes that wait or were refused."""

import argparse
from typing import Any

from mes_app.cli.terminal import Terminal
from mes_app.domain.fields import Field
from mes_app.i18n import find, t
from mes_app.i18n.values import field_value
from mes_app.services.conflicts import Side, TwoVersions, Version
from mes_app.services.session import Session
from mes_app.services.unsent import UnsentChange


async def settle_conflicts(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the conflicts with both versions, or keep one side of one."""
    if arguments.action == "resolve":
        await session.conflicts.resolve_whole(arguments.id, Side(arguments.side))
        terminal.answer({"id": arguments.id}, [t("cli.resolved")])
        return
    found = [
        (summary.title, await session.conflicts.open(summary.record_id)) for summary in await session.conflicts.list()
    ]
    lines = [line for title, versions in found for line in _describe(title, versions)]
    terminal.answer([_conflict_data(title, versions) for title, versions in found], lines or [t("cli.nothing_here")])


async def settle_outbox(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List what the server does not have, send what it refused again, or give a change up."""
    if arguments.action == "retry":
        await session.unsent.retry(arguments.id)
        terminal.answer({"id": arguments.id}, [t("cli.retried")])
    elif arguments.action == "drop":
        await session.unsent.drop(arguments.id)
        terminal.answer({"id": arguments.id}, [t("cli.dropped")])
    else:
        changes = await session.unsent.list()
        lines = [_change_line(change) for change in changes]
        terminal.answer([_change_data(change) for change in changes], lines or [t("cli.nothing_here")])


def _conflict_data(title: str, versions: TwoVersions) -> dict[str, Any]:
    return {
        "id": versions.record_id,
        "profile": versions.profile,
        "kind": versions.kind.value,
        "title": title,
        "deleted": [side.value for side, kept in _list_sides(versions) if kept is None],
        "fields": [
            {"name": field.name, "mine": _read(field.mine), "theirs": _read(field.theirs), "clash": field.clash}
            for field in versions.fields
        ],
    }


def _describe(title: str, versions: TwoVersions) -> list[str]:
    deleted = {Side.MINE: "cli.conflict_deleted_here", Side.THEIRS: "cli.conflict_deleted_there"}
    return [
        f"{versions.record_id}  {title}",
        *(t(deleted[side]) for side, kept in _list_sides(versions) if kept is None),
        *(
            t("cli.conflict_field", name=t(field.label), mine=_show(field.mine), theirs=_show(field.theirs))
            for field in versions.fields
            if field.mine != field.theirs
        ),
    ]


def _list_sides(versions: TwoVersions) -> list[tuple[Side, Version | None]]:
    return [(Side.MINE, versions.mine), (Side.THEIRS, versions.theirs)]


def _read(field: Field | None) -> str:
    """The value as a form takes it."""
    return field.value.removeprefix(f"{field.label}_") if field else ""


def _show(field: Field | None) -> str:
    return field_value(field.kind, field.value) if field else ""


def _change_data(change: UnsentChange) -> dict[str, Any]:
    return {
        "id": change.record_id,
        "profile": change.profile,
        "kind": change.kind.value,
        "title": change.title,
        "operation": change.operation.name.lower(),
        "state": change.state.value,
        "reason": change.reason.value if change.reason else None,
    }


def _change_line(change: UnsentChange) -> str:
    words = t(f"cli.change_{change.state}", id=change.record_id, title=change.title)
    if change.reason is None:
        return words
    return f"{words} ({find(f'sync.reasons.{change.reason}') or t('sync.reasons.unknown')})"
