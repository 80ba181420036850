"""Hide documents from professionals or show them, and choose for what is new."""

import argparse

from mes_app.cli.choosing import choose_profile
from mes_app.cli.terminal import Terminal
from mes_app.i18n import t
from mes_app.services.session import Session


async def hide_documents(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Those named, or all of a person; then how the person's documents stand."""
    pid = (await choose_profile(session, arguments.profile)).pid
    hidden = arguments.action == "hide"
    if arguments.all:
        await session.visibility.choose_all(pid, hidden=hidden)
    else:
        await session.visibility.choose(arguments.ids, hidden=hidden)
    await _answer(session, pid, terminal)


async def tell_visibility(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """How many are hidden, how far that holds, and what becomes of new ones, once that is chosen if it is to be."""
    pid = (await choose_profile(session, arguments.profile)).pid
    if arguments.new:
        await session.visibility.choose_new(pid, hidden=arguments.new == "hidden")
    await _answer(session, pid, terminal)


async def _answer(session: Session, pid: str, terminal: Terminal) -> None:
    found = await session.visibility.summarise(pid)
    lines = [
        t("cli.visibility_line", hidden=found.hidden, total=found.total),
        *([t("visibility.waiting", count=found.waiting, shown=found.waiting)] if found.waiting else []),
        t("visibility.enforced" if found.enforced else "visibility.unenforced"),
        t("cli.visibility_new_hidden" if found.hides_new else "cli.visibility_new_shown"),
    ]
    terminal.answer(found.model_dump(mode="json"), lines)
