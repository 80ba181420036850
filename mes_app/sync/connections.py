"""Clients for the account of the open vault. All requests of one account share one session, hence one rotation."""

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import NotAllowed, Reason
from mes_app.store.database import Database
from mes_app.sync.accounts import forget_account, read_account, save_account
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Credentials, Fixed
from mes_app.sync.networks import Network
from mes_app.sync.tokens import TokenSession, revoke


class Connections:
    """Opens clients. Access tokens live here, in memory, as long as the vault is open."""

    def __init__(self, database: Database, network: Network) -> None:
        self._database = database
        self._network = network
        self._credentials: Credentials | None = None

    async def account(self) -> ServerAccount | None:
        """The account of this vault, if it has a server."""
        return await self._database.read(read_account)

    async def use(self, account: ServerAccount) -> None:
        """Keep ``account`` in place of the former one."""
        self._credentials = self._make_credentials(account)
        await self._keep(account)

    async def open(self) -> tuple[ServerAccount, FhirApi]:
        """The account and a client for it, to be closed by the caller. Raises NotAllowed(NO_SERVER)."""
        account = await self.account()
        if account is None:
            raise NotAllowed(Reason.NO_SERVER)
        self._credentials = self._credentials or self._make_credentials(account)
        return account, FhirApi(account.fhir_base, self._credentials, self._network)

    async def end(self) -> None:
        """Sign out on this device, whatever comes of telling the server. Raises as ``revoke`` once that is done."""
        account = await self.account()
        self._credentials = None
        await self._database.write(forget_account)
        if account:
            await revoke(account, self._network)

    async def _keep(self, account: ServerAccount) -> None:
        await self._database.write(save_account, account)

    def _make_credentials(self, account: ServerAccount) -> Credentials:
        if account.sign_in is not SignIn.PLAIN:
            return TokenSession(account, self._keep, self._network)
        return Fixed(account.bearer.get_secret_value() if account.bearer else None)
