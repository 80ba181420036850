"""What is not settled with the server: versions to choose between, changes that wait or were refused."""

import argparse
from itertools import chain
from typing import Any

from mes_app.cli.choosing import choose_profile
from mes_app.cli.terminal import Terminal
from mes_app.domain.fields import Field, list_fields
from mes_app.errors import Reason, Rejected
from mes_app.i18n import find, moment, t
from mes_app.i18n.values import field_value
from mes_app.services.conflicts import KeptVersion, Side, TwoVersions, Version
from mes_app.services.session import Session
from mes_app.services.unsent import UnsentChange


async def settle_conflicts(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the conflicts with both versions, settle one, or list the versions that were not chosen."""
    if arguments.action == "resolve":
        await _resolve(session, arguments.id, dict(arguments.choices))
        terminal.answer({"id": arguments.id}, [t("cli.resolved")])
    elif arguments.action == "kept":
        profile = await choose_profile(session, arguments.profile)
        kept = await session.conflicts.kept(profile.pid)
        terminal.answer([*map(_kept_data, kept)], [*chain.from_iterable(map(_describe_kept, kept))] or _nothing())
    else:
        summaries = await session.conflicts.list()
        found = [(summary.title, await session.conflicts.open(summary.record_id)) for summary in summaries]
        lines = [line for title, versions in found for line in _describe(title, versions)]
        terminal.answer([_conflict_data(title, versions) for title, versions in found], lines or _nothing())


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
        terminal.answer([_change_data(change) for change in changes], lines or _nothing())


async def _resolve(session: Session, record_id: str, choices: dict[str, Side]) -> None:
    """For one side, under an empty name, or by field. Raises Rejected("side", NOT_A_CHOICE), and as ``Conflicts``."""
    if [*choices] == [""]:
        await session.conflicts.resolve_whole(record_id, choices[""])
        return
    known = {field.name for field in (await session.conflicts.open(record_id)).fields}
    if not choices.keys() <= known:
        raise Rejected("side", Reason.NOT_A_CHOICE)
    await session.conflicts.resolve(record_id, choices)


def _nothing() -> list[str]:
    return [t("cli.nothing_here")]


def _kept_data(kept: KeptVersion) -> dict[str, Any]:
    fields = list_fields(kept.entry, kept.kind)
    return {
        "id": kept.kept_id,
        "profile": kept.profile,
        "kind": kept.kind.value,
        "title": kept.title,
        "side": kept.side.value,
        "at": kept.at.isoformat(),
        "fields": {field.name: _read(field) for field in fields},
    }


def _describe_kept(kept: KeptVersion) -> list[str]:
    title = kept.title or t(f"sections.{kept.kind}.title")
    origin = t(f"syncing.kept.{kept.side}", moment=moment(kept.at))
    fields = list_fields(kept.entry, kept.kind)
    return [f"{title} ({origin})", *(f"  {t(field.label)} : {_show(field)}" for field in fields)]


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
        "told": change.told,
    }


def _change_line(change: UnsentChange) -> str:
    words = t(f"cli.change_{change.state}", id=change.record_id, title=change.title)
    if change.reason is None:
        return words
    quoted = f" {t('syncing.refused.told', words=change.told)}" if change.told else ""
    return f"{words} ({find(f'sync.reasons.{change.reason}') or t('sync.reasons.unknown')}){quoted}"
