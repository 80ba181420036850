"""Run one command: parse it, open what it needs, print its answer, and end with its exit code.

0 done · 1 refused or failed, one French line on stderr · 2 wrong use.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence

from mes_app import i18n
from mes_app.bootstrap import make_carnets
from mes_app.cli import (
    diagnosis,
    enrolment,
    exporting,
    growing,
    linking,
    measuring,
    people,
    pregnancy,
    prevention,
    protection,
    reading,
    remarking,
    searching,
    settling,
    starting,
    storage,
    suggesting,
    writing,
)
from mes_app.cli.arguments import parse_arguments
from mes_app.cli.terminal import Terminal
from mes_app.config import read_config
from mes_app.device.logs import limit_logs
from mes_app.errors import MesError
from mes_app.services.carnets import Carnets
from mes_app.services.session import Session

ClosedCommand = Callable[[Carnets, argparse.Namespace, Terminal], Awaitable[None]]
OpenCommand = Callable[[Session, argparse.Namespace, Terminal], Awaitable[None]]

_CLOSED: dict[str, ClosedCommand] = {
    "start": people.start,
    "login": enrolment.log_in,
    "connect": enrolment.connect,
    "logout": protection.log_out,
    "wipe": protection.wipe,
    "backup": protection.back_up,
    "restore": protection.restore,
    "recover": protection.recover,
    "recovery": protection.make_recovery,
    "pin": protection.change_secret,
    "rekey": protection.change_key,
    "suggest": suggesting.suggest_words,
}

_OPEN: dict[str, OpenCommand] = {
    "people": people.use_people,
    "sync": reading.sync,
    "status": reading.show_status,
    "list": reading.list_records,
    "show": reading.show_record,
    "documents": writing.use_documents,
    "search": searching.search,
    "growth": growing.show_growth,
    "measures": measuring.use_measures,
    "prevention": prevention.use_prevention,
    "pregnancy": pregnancy.use_pregnancy,
    "synthesis": reading.make_synthesis,
    "booklet": reading.print_booklet,
    "export": exporting.export,
    "add": writing.add,
    "edit": writing.edit,
    "delete": writing.delete,
    "nothing": writing.declare_nothing,
    "links": linking.list_links,
    "link": linking.link,
    "unlink": linking.unlink,
    "report": remarking.report,
    "conflicts": settling.settle_conflicts,
    "outbox": settling.settle_outbox,
    "storage": storage.use_storage,
}


def main(words: Sequence[str] | None = None) -> None:
    """The `mes-app` command, as a process."""
    limit_logs()
    sys.exit(run(words))


def run(words: Sequence[str] | None = None) -> int:
    """Do one command and return its exit code."""
    arguments = parse_arguments(words)
    terminal = Terminal(json=arguments.json)
    try:
        return _do(arguments, terminal)
    except MesError as error:
        terminal.refuse(error)
    except KeyboardInterrupt:
        terminal.say(i18n.t("cli.interrupted"))
    return 1


def _do(arguments: argparse.Namespace, terminal: Terminal) -> int:
    config = read_config(arguments.data)
    if arguments.command is None:
        return starting.open_app(config, arguments)
    if arguments.command == "demo":
        return starting.run_demo(arguments, terminal)
    return asyncio.run(_run_closed(make_carnets(config, brief=True), arguments, terminal))


async def _run_closed(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> int:
    i18n.use(carnets.settings.read().language)
    try:
        if arguments.command == "doctor":
            return await diagnosis.examine(carnets, terminal)
        if arguments.command in _CLOSED:
            await _CLOSED[arguments.command](carnets, arguments, terminal)
        else:
            session = await enrolment.unlock(carnets, terminal)
            await _OPEN[arguments.command](session, arguments, terminal)
    finally:
        await carnets.vault.lock()
    return 0
