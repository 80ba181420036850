"""Protect, leave and find again: backup, recovery code, PIN, data key, sign-out, erasing."""

import argparse
import sys
from contextlib import suppress

from mes_app import i18n
from mes_app.cli.enrolment import unlock
from mes_app.cli.files import write_file
from mes_app.cli.terminal import Terminal
from mes_app.errors import Busy, MesError, NotAllowed, Offline, Reason, Rejected, Unreadable
from mes_app.i18n import t
from mes_app.services.carnets import Carnets
from mes_app.services.session import Session
from mes_app.services.vault import VaultState


async def back_up(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Everything into one encrypted file."""
    session = await unlock(carnets, terminal)
    passphrase = terminal.ask_secret("backup_passphrase", "MES_BACKUP_PASSPHRASE")
    await session.backups.write(arguments.output, passphrase, terminal.report)
    size = arguments.output.stat().st_size
    data = {"file": str(arguments.output), "size": size}
    terminal.answer(data, [t("cli.saved", file=arguments.output, size=i18n.size(size))])


async def restore(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """A backup becomes the vault of this device, in place of one that no longer opens if ``--replace`` says so."""
    passphrase = terminal.ask_secret("backup_passphrase", "MES_BACKUP_PASSPHRASE")
    secret = _ask_new(carnets, terminal)
    await carnets.vault.restore(arguments.file, passphrase, secret, terminal.report, replace=arguments.replace)
    terminal.answer({"restored": True}, [t("cli.restored")])


async def recover(carnets: Carnets, _arguments: argparse.Namespace, terminal: Terminal) -> None:
    """The recovery code opens the vault and a new PIN takes the place of the one that is lost."""
    code = terminal.ask_secret("recovery", "MES_RECOVERY")
    await carnets.vault.recover(code, _ask_new(carnets, terminal))
    terminal.answer({"recovered": True}, [t("cli.recovered")])


async def make_recovery(carnets: Carnets, _arguments: argparse.Namespace, terminal: Terminal) -> None:
    """A new recovery code, kept once it was copied back where somebody is at the keyboard."""
    secret = _ask_present(carnets, terminal)
    session = await carnets.vault.unlock(secret)
    draft = await session.ways.prepare_recovery(secret)
    if sys.stdin.isatty():
        terminal.say(draft.code)
        if terminal.ask_secret("recovery_again", "") != draft.code:
            raise Rejected("recovery", Reason.MISTYPED)
    await session.ways.keep_recovery(draft)
    terminal.answer({"recovery": draft.code}, [draft.code, t("cli.recovery_kept")])


async def change_secret(carnets: Carnets, _arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Another PIN or passphrase."""
    secret = _ask_present(carnets, terminal)
    session = await carnets.vault.unlock(secret)
    await session.ways.change_secret(secret, _ask_new(carnets, terminal))
    terminal.answer({"changed": True}, [t("cli.changed")])


async def change_key(carnets: Carnets, _arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Another data key; the recovery code must be made anew."""
    secret = _ask_present(carnets, terminal)
    session = await carnets.vault.unlock(secret)
    await session.ways.change_key(secret, terminal.report)
    terminal.answer({"changed": True}, [t("cli.key_changed")])


async def log_out(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Leave the server; what is on this device stays."""
    session = await unlock(carnets, terminal)
    await _settle_unsent(session, arguments, terminal, local=False)
    with suppress(Offline, Busy, Unreadable):  # done here all the same: the server forgets this device by itself
        await session.syncing.disconnect()
    terminal.answer({"connected": False}, [t("cli.logged_out")])


async def wipe(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Erase everything on this device; one that no longer opens, only with ``--force``."""
    try:
        session = await unlock(carnets, terminal)
    except MesError:
        if carnets.vault.state() not in (VaultState.RECOVERABLE, VaultState.DAMAGED) or not arguments.force:
            raise
    else:
        await _settle_unsent(session, arguments, terminal, local=True)
    await carnets.vault.wipe()
    terminal.answer({"wiped": True}, [t("cli.wiped")])


async def _settle_unsent(session: Session, arguments: argparse.Namespace, terminal: Terminal, *, local: bool) -> None:
    """Put the unsent changes into a file, or refuse to lose them; raises NotAllowed(UNSENT_CHANGES).

    With ``local`` also what is only here because no server knows the person.
    """
    unsent = await session.unsent.list(local=local)
    for change in unsent:
        terminal.say(t(f"cli.unsent_{change.operation.name.lower()}", title=change.title))
    if unsent and arguments.unsent:
        write_file(arguments.unsent, (await session.unsent.export(local=local)).data)
    elif unsent and not arguments.force:
        raise NotAllowed(Reason.UNSENT_CHANGES)


def _ask_present(carnets: Carnets, terminal: Terminal) -> str:
    return terminal.ask_secret(carnets.vault.secret_kind(), "MES_PIN")


def _ask_new(carnets: Carnets, terminal: Terminal) -> str:
    return terminal.ask_secret(f"new_{carnets.vault.new_kind()}", "MES_NEW_PIN")
