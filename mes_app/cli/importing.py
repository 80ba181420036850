"""Bring files into the dossier of a person: what is in them first, then, once agreed to, what was chosen."""

import argparse
from collections.abc import Iterator
from typing import Any

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.terminal import Terminal
from mes_app.domain.imports import Item, ItemState, choose_items
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.i18n.joining import name_setting
from mes_app.services.importing import Imported, Picked
from mes_app.services.session import Session


async def import_documents(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Archives and files: what is new and of this person is added, after a yes; told alone where none is given.

    A machine is never asked: it says ``--yes``, or is told what would be done.
    """
    profile = await choose_profile(session, arguments.profile)
    files = [Picked(path.name, path) for path in arguments.files]
    plan = await session.importing.preview(profile.pid, files, terminal.report)
    items, chosen = plan.items, choose_items(plan.items)
    if not arguments.yes:
        lines = [*map(_write_item, items), t("importing.found", count=len(items))]
        agreed = bool(chosen) and not terminal.json and terminal.ask_consent([*lines, t("importing.ask")])
        if not agreed:
            given_up = [*lines, t("importing.nothing")] if not chosen else [t("importing.given_up")]
            terminal.answer({"items": [*map(_tell_item, items)], "added": 0}, given_up)
            return
    done = await session.importing.run(plan, chosen, terminal.report)
    failed = [*map(_tell_item, done.failed)]
    data = {"items": [*map(_tell_item, items)], "added": done.added, "failed": failed, "left": done.left}
    terminal.answer(data, _tell_done(items, done))
    if done.ended:
        raise done.ended


def _tell_done(items: list[Item], done: Imported) -> Iterator[str]:
    for item in [*(item for item in items if item.state is ItemState.FAULTY), *done.failed]:
        yield _write_item(item)
    yield t("importing.added", count=done.added)
    if done.left:
        yield t("importing.left", count=done.left)
    if done.added:
        yield t("cli.written")


def _write_item(item: Item) -> str:
    """One item on one line."""
    state = t(f"importing.states.{item.state}")
    day = i18n.partial(item.date.text) if item.date else ""
    whose = [t("importing.of_person", name=item.person)] if item.person else []
    instead = [t("importing.instead")] if item.replaces else []
    changes = [t(f"adding.changes.{change}") for change in sorted(item.changes)]
    why = [explain(item.fault).what] if item.fault else []
    title = name_setting(item.setting) if item.setting else item.title or item.name or t("importing.unnamed")
    return " · ".join([f"{state:<21}  {day:<18} {title}".rstrip(), *whose, *instead, *changes, *why])


def _tell_item(item: Item) -> dict[str, Any]:
    """The same for machines."""
    return {
        "number": item.number,
        "kind": item.kind.value if item.kind else None,
        "setting": item.setting or None,
        "replaces": item.replaces,
        "name": item.name,
        "title": item.title,
        "category": item.category.value if item.category else None,
        "date": item.date.text if item.date else None,
        "author": item.author,
        "person": item.person or None,
        "state": item.state.value,
        "twin": item.twin or None,
        "reason": item.fault.reason.value if item.fault else None,
        "changes": sorted(item.changes),
    }
