"""Vaults for the figures: on this machine's key store or, where it has none, a passphrase."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mes_app.bootstrap import make_carnets
from mes_app.config import read_config
from mes_app.services.carnets import Carnets
from mes_app.services.vault import SecretKind

SECRETS = {SecretKind.PIN: "271828", SecretKind.PASSPHRASE: "une phrase pour mesurer"}


@asynccontextmanager
async def new_carnets() -> AsyncIterator[Carnets]:
    """The app on an empty data folder that goes; its vault is locked at the end."""
    with TemporaryDirectory(prefix="mes-carnets-bench-") as folder:
        carnets = make_carnets(read_config(Path(folder)))
        try:
            yield carnets
        finally:
            await carnets.vault.wipe()


def secret_of(carnets: Carnets) -> str:
    """What opens the vaults of the figures."""
    return SECRETS[carnets.vault.secret_kind()]
