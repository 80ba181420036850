"""FHIR over HTTP as the rest of ``sync`` asks for it: one resource, one page, one content, one change.

Nothing is interpreted here beyond the exchange itself: retry, renewal of the session, redirects within the origin.
Only what reads is retried: a change that failed may have been made (``push`` finds out).
"""

from collections.abc import Mapping
from typing import Self

import httpx

from mes_app.errors import Busy, Reason, Unreadable
from mes_app.sync.addresses import resolve
from mes_app.sync.credentials import Credentials
from mes_app.sync.networks import Network
from mes_app.sync.statuses import BUSY
from mes_app.sync.wires import Answer, Reader, Wire

FHIR_JSON = "application/fhir+json"
FRESH = {"Cache-Control": "no-cache"}
PATIENCE = 30
REDIRECT_LIMIT = 5


class FhirApi:
    """One FHIR server. A busy one is waited for, up to 30 s for one request."""

    def __init__(self, base: str, credentials: Credentials, network: Network) -> None:
        self.base = base
        self._wire = Wire(base, network)
        self._credentials = credentials
        self._sleep = network.sleep

    async def get(self, reference: str, *, fresh: bool = False) -> Answer:
        """GET a relative reference, or a link of the server. ``fresh`` bypasses caches.

        Raises Offline, Busy (over the patience), SessionExpired, NotAllowed, Rejected("id", …) for 404 and 410,
        Unreadable.
        """
        return await self.fetch(reference, {"Accept": FHIR_JSON} | (FRESH if fresh else {}))

    async def fetch(self, reference: str, headers: Mapping[str, str], read: Reader | None = None) -> Answer:
        """GET in the form that ``headers`` ask for, which ``read`` takes while it comes. Raises as ``get``."""
        url = resolve(self._wire.base, reference)
        for _ in range(REDIRECT_LIMIT):
            answer = await self._get_patiently(url, headers, read)
            if not answer.headers.get("location") or not 300 <= answer.status < 400:
                return answer.check()
            url = resolve(url, answer.headers["location"])
        raise Unreadable(Reason.PAGE_LOOP)

    async def ask(self, reference: str) -> Answer:
        """What the server itself has there now, past every cache. Its status is the caller's to judge, as of ``send``.

        Raises as ``send``.
        """
        return await self.send("GET", reference, headers=FRESH)

    async def send(
        self, method: str, reference: str, body: bytes | None = None, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request with a FHIR body, once, or again where a 401 says that nothing was done. Its status is the
        caller's to judge, 429 and 503 too; redirects are not followed.

        Raises Offline, SessionExpired when there is nothing to renew with, NotAllowed(FOREIGN_ADDRESS), Unreadable.
        """
        url = resolve(self._wire.base, reference)
        form = {"Content-Type": FHIR_JSON} if body is not None else {}
        return await self._send_authorised(method, url, {"Accept": FHIR_JSON, **form, **(headers or {})}, body)

    async def renew(self) -> None:
        """Get new tokens: those in use may not tell of a right given since. Raises SessionExpired, Offline, Busy."""
        await self._credentials.renew(await self._credentials.sign("GET", str(self._wire.base)))

    async def close(self) -> None:
        """Drop the connections."""
        await self._wire.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _get_patiently(self, url: httpx.URL, headers: Mapping[str, str], read: Reader | None) -> Answer:
        waited = 0
        while True:
            answer = await self._send_authorised("GET", url, headers, read=read)
            if answer.status not in BUSY:
                return answer
            pause = max(1, answer.after)
            if waited + pause > PATIENCE:
                raise Busy(after=answer.after)
            await self._sleep(pause)
            waited += pause

    async def _send_authorised(
        self,
        method: str,
        url: httpx.URL,
        headers: Mapping[str, str],
        body: bytes | None = None,
        *,
        read: Reader | None = None,
    ) -> Answer:
        answer, sent = await self._send_signed(method, url, headers, body, read)
        if answer.status == 401 and await self._credentials.renew(sent):
            answer, _ = await self._send_signed(method, url, headers, body, read)
        return answer

    async def _send_signed(
        self, method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes | None, read: Reader | None
    ) -> tuple[Answer, Mapping[str, str]]:
        """Send once, or twice when the first answer teaches what was missing (a DPoP nonce)."""
        for _ in range(2):
            sent = {**headers, **await self._credentials.sign(method, str(url))}
            answer = await self._wire.send(method, url, headers=sent, content=body, read=read)
            if not self._credentials.learn(answer):
                break
        return answer, sent
