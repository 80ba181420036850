"""The way from a device to the server: a transport for httpx that harms each request as the plan of the run says."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx

from tests.sync.simulation.faults import Fault, Harm, Plan
from tests.sync.simulation.servers import FhirServer

SWOLLEN = 100_000_000
Happening = Callable[[Fault, httpx.Request], Awaitable[None]]


class Mail:
    """Requests that were taken for lost and are still under way, with how many others arrive before each."""

    def __init__(self, server: FhirServer) -> None:
        self._server = server
        self._waiting: list[tuple[int, httpx.Request, frozenset[str]]] = []

    def delay(self, request: httpx.Request, reach: frozenset[str], others: int) -> None:
        """Let ``request`` arrive after ``others``."""
        self._waiting.append((others, request, reach))

    def arrive(self, *, all_of_it: bool = False) -> None:
        """One more request reaches the server: those whose turn has come reach it first."""
        due = [item for item in self._waiting if item[0] <= 0 or all_of_it]
        self._waiting = [(item[0] - 1, *item[1:]) for item in self._waiting if item not in due]
        for _, request, reach in due:
            self._server.handle(request, reach)


class Link(httpx.AsyncBaseTransport):
    """What one device sends in one run. ``reach``: the patients its person may see; empty: its session has ended.

    ``happen`` does what is not of the network: the death of the device, or what others do meanwhile.
    """

    def __init__(self, server: FhirServer, mail: Mail, reach: frozenset[str], plan: Plan, happen: Happening) -> None:
        self._server = server
        self._mail = mail
        self._reach = reach
        self._plan = plan
        self._happen = happen
        self.asked: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.asked.append(request)
        if not self._reach:
            return _refuse(401)
        fault = self._plan.take(request)
        if fault is None:
            return self._deliver(request)
        await self._harm_before(fault, request)
        if fault.harm is Harm.REFUSE:
            return _refuse(fault.number)
        response = self._deliver(request)
        if fault.harm is Harm.DUPLICATE:
            response = self._deliver(request)
        return await self._harm_after(fault, request, response)

    async def _harm_before(self, fault: Fault, request: httpx.Request) -> None:
        if fault.harm is Harm.DROP_BEFORE:
            raise httpx.ConnectError("no way")
        if fault.harm is Harm.LATE:
            self._mail.delay(request, self._reach, fault.number)
            raise httpx.ReadTimeout("no answer")
        if fault.harm in (Harm.KILL_BEFORE, Harm.MEANWHILE):
            await self._happen(fault, request)

    async def _harm_after(self, fault: Fault, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if fault.harm is Harm.DROP_AFTER:
            raise httpx.ReadError("cut off")
        if fault.harm is Harm.FAIL_AFTER:
            return _refuse(fault.number)
        if fault.harm is Harm.KILL_AFTER:
            await self._happen(fault, request)
        if fault.harm in (Harm.CUT, Harm.SWELL):
            return _spoil(response, await response.aread(), fault.harm)
        return response

    def _deliver(self, request: httpx.Request) -> httpx.Response:
        self._mail.arrive()
        return self._server.handle(request, self._reach)


async def die() -> None:
    """Wait for the end that has been ordered."""
    await asyncio.Event().wait()


def _refuse(status: int) -> httpx.Response:
    headers = {"Retry-After": "5"} if status in (429, 503) else {}
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(b""))


def _spoil(response: httpx.Response, body: bytes, harm: Harm) -> httpx.Response:
    headers = dict(response.headers)
    if harm is Harm.SWELL:
        headers["Content-Length"] = str(SWOLLEN)
    return httpx.Response(response.status_code, headers=headers, stream=httpx.ByteStream(body[: len(body) // 2]))
