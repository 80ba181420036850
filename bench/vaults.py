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
    """The app on an empty data folder that goes, and all that the key store holds of its vault."""
    with TemporaryDirectory(prefix="mes-carnets-bench-") as folder:
        async with open_carnets(Path(folder)) as carnets:
            yield carnets


@asynccontextmanager
async def open_carnets(folder: Path) -> AsyncIterator[Carnets]:
    """The same on a ``folder`` of the caller's."""
    carnets = make_carnets(read_config(folder, demo=True))  # as a demonstration it may be wiped without its secret
    try:
        yield carnets
    finally:
        await carnets.vault.lock()
        await carnets.vault.wipe()


def secret_of(carnets: Carnets) -> str:
    """What opens the vaults of the figures."""
    return SECRETS[carnets.vault.secret_kind()]
