"""Join what is noted here to a record of the service: what would go first, then, once agreed to, what was chosen."""

import argparse
from typing import Any

from mes_app import i18n
from mes_app.cli.choosing import find_one
from mes_app.cli.terminal import Terminal
from mes_app.domain.joining import JoinItem, JoinPlan, choose_joined
from mes_app.i18n import t
from mes_app.i18n.joining import name_joined, tell_difference
from mes_app.services.session import Session


async def join(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """What is new goes, after a yes; told alone where none is given. A machine says ``--yes``, and is never asked.

    Of identities that differ all is told before. Raises Rejected("profile"): UNKNOWN_RECORD, AMBIGUOUS.
    """
    people = await session.profiles.list()
    local = find_one([one for one in people if one.is_local], arguments.local)
    into = find_one([one for one in people if not one.is_local], arguments.into)
    plan = await session.joining.preview(local.pid, into.pid)
    chosen = _choose(plan, arguments)
    lines = [*_tell_identities(plan), *(_write_item(item, chosen) for item in plan.items)]
    if not arguments.yes:
        asked = [*lines, t("joining.ask")]
        if not (chosen and not terminal.json and terminal.ask_consent(asked)):
            given_up = t("joining.given_up") if plan.items else t("joining.nothing")
            terminal.answer(_tell(plan, chosen, 0), [given_up] if chosen else [*lines, given_up])
            return
    done = await session.joining.run(plan, chosen)
    told = [t("joining.taken", count=done.taken), *([t("joining.left", count=done.left)] if done.left else [])]
    terminal.answer(_tell(plan, chosen, done.taken), [*told, t("joining.sent_later")])


def _tell_identities(plan: JoinPlan) -> list[str]:
    return [tell_difference(*each) for each in plan.list_differences()] or [t("joining.same")]


def _choose(plan: JoinPlan, arguments: argparse.Namespace) -> frozenset[str]:
    may_go = frozenset(item.key for item in plan.items if item.may_go)
    wanted = may_go if arguments.all else choose_joined(plan.items)
    kinds = arguments.kinds
    return frozenset(item.key for item in plan.items if item.key in wanted and (not kinds or item.kind in kinds))


def _write_item(item: JoinItem, chosen: frozenset[str]) -> str:
    """One item on one line."""
    mark = "x" if item.key in chosen else " "
    day = i18n.partial(item.date.text) if item.date else ""
    name = name_joined(item.key, item.kind or "", item.title, item.category)
    return f"[{mark}] {t(f'joining.{item.state}'):<22}  {day:<18} {name}".rstrip()


def _tell(plan: JoinPlan, chosen: frozenset[str], taken: int) -> dict[str, Any]:
    """The same for machines."""
    items = [
        {
            "id": item.key,
            "kind": item.kind,
            "title": item.title,
            "date": item.date.text if item.date else None,
            "state": item.state,
            "twin": item.twin or None,
            "chosen": item.key in chosen,
        }
        for item in plan.items
    ]
    return {"differences": [*plan.target.differences], "items": items, "taken": taken, "left": len(items) - taken}
