"""The server account, kept whole inside the vault with its secrets. The only place that writes them out."""

from typing import Any

from pydantic import SecretStr

from mes_app.domain.servers import ServerAccount
from mes_app.store.database import Connection
from mes_app.store.preferences import get_preference, put_preference

_NAME = "server_account"


def save_account(con: Connection, account: ServerAccount) -> None:
    """Keep ``account`` in place of the former one, without its access token."""
    kept = account.model_copy(update={"access_token": None})
    put_preference(con, _NAME, {name: _reveal(value) for name, value in kept})


def read_account(con: Connection) -> ServerAccount | None:
    """The account of this vault, if it has a server."""
    kept = get_preference(con, _NAME)
    return ServerAccount.model_validate(kept) if kept else None


def forget_account(con: Connection) -> None:
    """Sign out on this device; the records stay."""
    put_preference(con, _NAME, None)


def forget_secrets(con: Connection) -> None:
    """Keep which server and which user, and nothing that lets anyone in: they must sign in again."""
    if account := read_account(con):
        secrets = [name for name, value in account if isinstance(value, SecretStr)]
        save_account(con, account.model_copy(update=dict.fromkeys(secrets)))


def _reveal(value: Any) -> Any:
    return value.get_secret_value() if isinstance(value, SecretStr) else value
