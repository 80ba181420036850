"""Sign in, connect a plain server, open the vault: everything that asks for a secret."""

import argparse

from mes_app.cli.terminal import Terminal
from mes_app.domain.servers import ServerAccount
from mes_app.i18n import t
from mes_app.services.carnets import Carnets
from mes_app.services.session import Session
from mes_app.services.vault import VaultState


async def log_in(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Password, one-time code, then a vault for this device (or the existing one, opened)."""
    server = await carnets.login.find_server(arguments.server)
    request = await carnets.login.send_password(server, arguments.user, terminal.ask_secret("password", "MES_PASSWORD"))
    terminal.say(t(f"cli.code_sent_{request.channel}", hint=request.hint))
    account = await carnets.login.send_code(terminal.ask_secret("code", "MES_OTP"))
    await _keep(carnets, account, terminal)


async def connect(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Any FHIR R4 server, without account; the first patient is the holder."""
    bearer = terminal.ask_secret("bearer", "MES_BEARER") if arguments.bearer else None
    account = await carnets.login.connect_plain(arguments.fhir, arguments.patient, bearer)
    await _keep(carnets, account, terminal)


async def unlock(carnets: Carnets, terminal: Terminal) -> Session:
    """The session of the existing vault. Raises Locked, Unreadable."""
    return await carnets.vault.unlock(terminal.ask_secret(carnets.vault.secret_kind(), "MES_PIN"))


async def _keep(carnets: Carnets, account: ServerAccount, terminal: Terminal) -> None:
    if carnets.vault.state() is VaultState.ABSENT:
        secret = terminal.ask_secret(f"new_{carnets.vault.secret_kind()}", "MES_PIN")
        session = await carnets.vault.create(secret)
    else:
        session = await unlock(carnets, terminal)
    await session.syncing.connect(account)
    terminal.answer({"enrolled": True}, [t("cli.enrolled")])
