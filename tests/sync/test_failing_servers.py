"""Each line of the tables of ``failures``, as it comes through a real socket."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from mes_app.errors import Busy, MesError, Offline, Reason, Unreadable
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Fixed
from mes_app.sync.failures import CHANGE_STATUSES, STATUSES
from mes_app.sync.networks import Network
from tests.sync.serving import Say, Scripted, served

PATH = "/fhir/Observation/a"
NETWORK = Network()


class Hasty(httpx.AsyncHTTPTransport):
    """Waits a moment where the app waits half a minute."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write"), 0.05)
        return await super().handle_async_request(request)


async def ask(url: str, method: str = "GET", network: Network = NETWORK) -> None:
    """Read or change a record, and raise what comes of it."""
    async with FhirApi(f"{url}/fhir", Fixed(), network) as api:
        if method == "GET":
            await api.get("Observation/a")
        else:
            (await api.send(method, "Observation/a", b"{}")).check(change=True)


def refusal(say: Say, method: str) -> MesError:
    server = Scripted({PATH: say})
    with served(server) as url, pytest.raises(MesError) as caught:
        asyncio.run(ask(url, method))
    assert len(server.asked) == 1
    return caught.value


def interruption(words: bytes | None) -> MesError:
    """What comes of a server that answers ``words`` and hangs up; None: it never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as pool:
        if words is not None:
            pool.submit(_answer, listener, words)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(MesError) as caught:
            asyncio.run(ask(url, network=NETWORK if words is not None else Network(Hasty)))
    return caught.value


def _answer(listener: socket.socket, words: bytes) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(words)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_of_a_read_is_told_as_its_table_says(status: int) -> None:
    error = refusal(Say(status=status), "GET")
    assert (type(error), error.reason) == (type(STATUSES[status]), STATUSES[status].reason)


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("status", CHANGE_STATUSES)
def test_every_status_of_a_change_is_told_as_its_table_says(status: int, method: str) -> None:
    error = refusal(Say(status=status), method)
    assert (type(error), error.reason) == (type(CHANGE_STATUSES[status]), CHANGE_STATUSES[status].reason)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_server_that_asks_to_wait_tells_how_long(status: int, method: str) -> None:
    error = refusal(Say(status=status, headers={"retry-after": "31"}), method)
    assert isinstance(error, Busy)
    assert error.after == 31


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_n2_a_change_follows_no_redirect_and_is_put_off_as_a_fault_of_the_server(status: int) -> None:
    error = refusal(Say(status=status, headers={"location": "/fhir/Observation/b"}), "PUT")
    assert (type(error), error.reason) == (Unreadable, Reason.SERVER_FAULT)


def test_a_server_that_says_nothing_is_waited_for_and_then_left() -> None:
    error = interruption(None)
    assert (type(error), error.reason) == (Offline, Reason.TIMED_OUT)


@pytest.mark.parametrize("words", [b"", b"220 ready\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"])
def test_a_server_that_hangs_up_or_speaks_another_language_has_interrupted(words: bytes) -> None:
    error = interruption(words)
    assert (type(error), error.reason) == (Offline, Reason.INTERRUPTED)
