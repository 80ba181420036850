"""Take measures away as a table."""

import argparse

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.files import write_file
from mes_app.cli.terminal import Terminal
from mes_app.i18n import t
from mes_app.services.session import Session


async def use_measures(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """All measures of one person, or those of one kind, written as CSV."""
    pid = (await choose_profile(session, arguments.profile)).pid
    table = await session.health.measure_table(pid, arguments.measure)
    write_file(arguments.file, table.data)
    told = {"file": str(arguments.file), "size": len(table.data), "measures": table.count}
    saved = t("cli.saved", file=arguments.file, size=i18n.size(len(table.data)))
    terminal.answer(told, [saved, t("measures.exported", count=table.count)])
