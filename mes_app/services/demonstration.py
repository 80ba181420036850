"""« Essayer la démonstration »: a vault without server, filled from the family in assets, gone when it is left."""

from mes_app.domain.servers import ServerAccount
from mes_app.domain.sync_status import Stopped
from mes_app.errors import MesError
from mes_app.services.session import Session
from mes_app.services.vault import Vault


class Demonstration:
    """Opens the demonstration in ``vault``. ``family``: how its records are reached, like those of any server."""

    def __init__(self, vault: Vault, family: ServerAccount) -> None:
        self._vault = vault
        self._family = family

    async def open(self) -> Session:
        """A temporary vault with the whole family in it, without server from then on. Raises MesError, all undone."""
        session = await self._vault.create_temporary()
        try:
            await session.syncing.connect(self._family)
            result = await session.syncing.run()
            if isinstance(result, Stopped) and result.error:
                raise result.error
            await session.syncing.disconnect()
        except MesError:
            await self._vault.lock()
            raise
        return session
