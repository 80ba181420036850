"""Sign in to a server, or name a plain one, before there is a vault: what comes out is kept by ``Syncing.connect``."""

from collections.abc import Sequence
from urllib.parse import quote

from pydantic import SecretStr

from mes_app.domain.servers import CodeRequest, ServerAccount, SignIn
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.sync.api import FhirApi
from mes_app.sync.auth import Enrolment
from mes_app.sync.credentials import Fixed
from mes_app.sync.discovery import discover
from mes_app.sync.networks import Network


class Login:
    """One sign-in at a time. Passwords and codes pass through and are not kept."""

    def __init__(self, network: Network) -> None:
        self._network = network
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
