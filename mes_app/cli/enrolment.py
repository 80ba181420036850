"""Sign in, connect a plain server, open the vault: everything that asks for a secret."""

import argparse
import asyncio

from mes_app.cli.terminal import Terminal
from mes_app.domain.servers import ServerAccount
from mes_app.i18n import t
from mes_app.services.carnets import Carnets
from mes_app.services.login import Login
from mes_app.services.session import Session
from mes_app.services.vault import VaultState


async def log_in(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Sign in with password and code, or in the browser; then a vault for this device (or the existing one, opened)."""
    server = await carnets.login.find_server(arguments.server)
    sign_in = _use_browser if arguments.browser else _use_password
    await _keep(carnets, await sign_in(carnets.login, server, arguments, terminal), terminal)


async def connect(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Any FHIR R4 server, without account; the first patient is the holder."""
    bearer = terminal.ask_secret("bearer", "MES_BEARER") if arguments.bearer else None
    account = await carnets.login.connect_plain(arguments.fhir, arguments.patient, bearer)
    await _keep(carnets, account, terminal)


async def unlock(carnets: Carnets, terminal: Terminal) -> Session:
    """The session of the existing vault. Raises Locked, Unreadable."""
    return await carnets.vault.unlock(terminal.ask_secret(carnets.vault.secret_kind(), "MES_PIN"))


async def _use_password(
    login: Login, server: ServerAccount, arguments: argparse.Namespace, terminal: Terminal
) -> ServerAccount:
    request = await login.send_password(server, arguments.user, terminal.ask_secret("password", "MES_PASSWORD"))
    terminal.say(t(f"cli.code_sent_{request.channel}", hint=request.hint))
    return await login.send_code(terminal.ask_secret("code", "MES_OTP"))


async def _use_browser(
    login: Login, server: ServerAccount, arguments: argparse.Namespace, terminal: Terminal
) -> ServerAccount:
    """Waits until the browser comes back. What opens it may say so and show nothing: the address is always told."""

    async def show(address: str) -> None:
        opened = await asyncio.to_thread(terminal.open_address, address)
        terminal.say(t("cli.browser_opened") if opened else t("cli.browser_missing"))
        terminal.say(address)
        terminal.say(t("cli.browser_waiting"))

    named = server.model_copy(update={"client_id": arguments.client_id or server.client_id})
    return await login.use_browser(named, show)


async def _keep(carnets: Carnets, account: ServerAccount, terminal: Terminal) -> None:
    if carnets.vault.state() is VaultState.ABSENT:
        secret = terminal.ask_secret(f"new_{carnets.vault.secret_kind()}", "MES_PIN")
        session = await carnets.vault.create(secret)
    else:
        session = await unlock(carnets, terminal)
    await session.syncing.connect(account)
    terminal.answer({"enrolled": True}, [t("cli.enrolled")])
