"""Sign in to a server, or name a plain one, before there is a vault: what comes out is kept by ``Syncing.connect``."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol
from urllib.parse import quote

from pydantic import SecretStr

from mes_app.domain.servers import CodeRequest, ServerAccount, SignIn
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.sync.api import FhirApi
from mes_app.sync.auth import Enrolment
from mes_app.sync.credentials import Fixed
from mes_app.sync.discovery import discover
from mes_app.sync.launches import Launch
from mes_app.sync.networks import Network


class Redirect(Protocol):
    """Where the browser comes back: ``address``, and what it came with."""

    @property
    def address(self) -> str:
        """An address of this device."""
        ...

    async def wait(self) -> str:
        """Path and query, once the browser has come."""
        ...


OpenRedirect = Callable[[], AbstractAsyncContextManager[Redirect]]


class Login:
    """One sign-in at a time. Passwords and codes pass through and are not kept.

    ``open_redirect`` opens the way back from the browser; None where the device has none.
    """

    def __init__(self, network: Network, open_redirect: OpenRedirect | None = None) -> None:
        self._network = network
        self._open_redirect = open_redirect
        self._enrolment: Enrolment | None = None

    async def find_server(self, url: str) -> ServerAccount:
        """What answers at ``url``. Raises Rejected("server", NOT_A_URL | INSECURE_URL), Offline, Unreadable."""
        return await discover(url, self._network)

    async def send_password(self, server: ServerAccount, user: str, password: str) -> CodeRequest:
        """Step 1; starts a sign-in in place of any former one.

        Raises Rejected("password", WRONG_CREDENTIALS), Busy(TOO_MANY_TRIES), Offline, Unreadable, and
        NotAllowed(FORBIDDEN) where the server has no sign-in of this kind.
        """
        if server.sign_in is not SignIn.CHALLENGE:
            raise NotAllowed(Reason.FORBIDDEN)
        self._enrolment = Enrolment(server, self._network)
        return await self._enrolment.send_password(user, password)

    async def ask_code(self, account: ServerAccount) -> CodeRequest:
        """Step 1 again after SessionExpired(CODE_REQUIRED), without password. Raises SessionExpired, Offline, Busy."""
        self._enrolment = Enrolment(account, self._network)
        return await self._enrolment.ask_code()

    async def send_code(self, code: str) -> ServerAccount:
        """Step 2: the account of this device, enrolled.

        Raises Rejected("code", WRONG_CODE | EXPIRED_CODE), Busy(TOO_MANY_TRIES), Offline, Unreadable.
        """
        account = await self._under_way().send_code(code)
        self._enrolment = None
        return account

    async def resend_code(self) -> CodeRequest:
        """Between the two: another code. Raises Busy(TOO_MANY_TRIES) before its time, and as ``send_code``."""
        return await self._under_way().resend()

    async def use_browser(self, server: ServerAccount, show: Callable[[str], Awaitable[None]]) -> ServerAccount:
        """Sign in where a server of others does it, in the browser: ``show`` opens an address in it. The account.

        Takes as long as the person does: cancel it to give up. Raises NotAllowed(FORBIDDEN) when it was refused, the
        answer is not to this request, there is no way back, or the server has no sign-in of this kind;
        Rejected("code", EXPIRED_CODE); Rejected("patient", MISSING | OTHER_PATIENT) when no record was chosen, or not
        that of the account; Offline, Busy, Unreadable.
        """
        if self._open_redirect is None or server.sign_in is not SignIn.SMART:
            raise NotAllowed(Reason.FORBIDDEN)
        async with self._open_redirect() as redirect:
            launch = Launch(server, redirect.address, self._network)
            await show(launch.address)
            account = await launch.redeem(await redirect.wait())
        if server.patients and account.patients != server.patients:
            raise Rejected("patient", Reason.OTHER_PATIENT)
        return account

    async def connect_plain(self, url: str, patients: Sequence[str], bearer: str | None) -> ServerAccount:
        """A server without sign-in, asked for each of ``patients`` (ids; the first is the holder).

        Raises Rejected("server", …), Rejected("patient", MISSING | UNKNOWN_PATIENT),
        Rejected("bearer", NOT_ACCEPTED), SessionExpired when that token is refused, Offline, Unreadable.
        """
        if not patients:
            raise Rejected("patient", Reason.MISSING)
        if bearer and not (bearer.isascii() and bearer.isprintable()):
            raise Rejected("bearer", Reason.NOT_ACCEPTED)
        server = await discover(url, self._network)
        async with FhirApi(server.fhir_base, Fixed(bearer), self._network) as api:
            for patient in patients:
                await _check_patient(api, patient)
        token = SecretStr(bearer) if bearer else None
        return ServerAccount(fhir_base=server.fhir_base, sign_in=SignIn.PLAIN, patients=tuple(patients), bearer=token)

    def _under_way(self) -> Enrolment:
        if self._enrolment is None:
            raise Rejected("code", Reason.EXPIRED_CODE)
        return self._enrolment


async def _check_patient(api: FhirApi, patient: str) -> None:
    try:
        await api.get(f"Patient/{quote(patient, safe='')}")
    except Rejected as error:
        raise Rejected("patient", Reason.UNKNOWN_PATIENT) from error
