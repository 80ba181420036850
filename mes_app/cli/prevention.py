"""Prevention in a terminal: what is offered at this age, what was done, and what comes next."""

import argparse
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from mes_app.cli.choosing import choose_profile
from mes_app.cli.terminal import Terminal
from mes_app.domain.prevention import Choice, PreventionItem
from mes_app.i18n import t
from mes_app.i18n.prevention import prevention_state
from mes_app.services.prevention import Prevention
from mes_app.services.session import Session


async def use_prevention(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List what concerns a person, once what they say of one rule is kept. Raises Rejected("rule")."""
    pid, today = (await choose_profile(session, arguments.profile)).pid, date.today()  # noqa: DTZ011 - where one types
    said = ((arguments.done, Choice.DONE), (arguments.not_mine, Choice.NOT_FOR_ME), (arguments.undo, None))
    for rule, choice in said:
        if rule:
            await session.preventions.mark(pid, rule, choice, today)
    prevention = await session.preventions.read(pid, today)
    terminal.answer([tell_item(item) for item in prevention.items], _write_items(prevention))


def _write_items(prevention: Prevention) -> Iterator[str]:
    """Each kind under its heading, then what all of it is."""
    if not prevention.items:
        yield t("prevention.nothing" if prevention.birth else "prevention.no_birth")
        return
    for kind, items in groupby(prevention.items, attrgetter("kind")):
        yield t(f"prevention.kind_{kind}")
        yield from (f"  {_write_item(item)}" for item in items)
    yield t("prevention.told")
    yield from (t(f"prevention.source_{source}") for source in dict.fromkeys(item.source for item in prevention.items))


def _write_item(item: PreventionItem) -> str:
    state = prevention_state(item.state, item.due, item.done)
    return f"{item.id:<17} {t(f'prevention.state_{item.state}'):<18} {item.title} ({_name(item)}) : {state}"


def _name(item: PreventionItem) -> str:
    return t(f"prevention.{item.obligation}")


def tell_item(item: PreventionItem) -> dict[str, Any]:
    """An item for machines."""
    names = ("id", "kind", "title", "state", "due", "done", "mark", "obligation", "source")
    return {name: getattr(item, name) for name in names}
