import asyncio
import gzip
from collections.abc import Mapping

import pytest

from mes_app.errors import Busy, MesError, NotAllowed, Offline, Reason, Rejected, SessionExpired, Unreadable
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Credentials, Fixed
from mes_app.sync.networks import Network
from mes_app.sync.wires import Answer
from tests.sync.serving import Asked, Say, Scripted, closed_address, served

PATH = "/fhir/Patient/1"


class Renewing:
    """Credentials whose first token is no longer good."""

    def __init__(self) -> None:
        self.token = "old"

    async def sign(self, _method: str, _url: str, /) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def learn(self, _answer: Answer, /) -> bool:
        return False

    async def renew(self, _sent: Mapping[str, str], /) -> bool:
        self.token = "new"
        return True


def get(
    url: str, credentials: Credentials | None = None, reference: str = "Patient/1", naps: list[float] | None = None
) -> Answer:
    async def nap(seconds: float) -> None:
        assert naps is not None
        naps.append(seconds)

    async def ask() -> Answer:
        async with FhirApi(f"{url}/fhir", credentials or Fixed(), Network(sleep=nap)) as api:
            return await api.get(reference)

    return asyncio.run(ask())


def refusal(server: Scripted, reference: str = "Patient/1") -> MesError:
    with served(server) as url, pytest.raises(MesError) as caught:
        get(url, reference=reference)
    return caught.value


def test_an_answer_is_read_with_the_clock_of_the_server() -> None:
    server = Scripted({PATH: Say(b"{}")})
    with served(server) as url:
        answer = get(url, Fixed("secret"))
    assert (answer.body, answer.date, answer.content_type) == (b"{}", server.date, "application/fhir+json")
    assert server.asked[0].headers["authorization"] == "Bearer secret"
    assert server.asked[0].headers["accept-encoding"] == "gzip"


def test_a_compressed_answer_is_inflated() -> None:
    with served(Scripted({PATH: Say(gzip.compress(b"{}"), headers={"content-encoding": "gzip"})})) as url:
        assert get(url).body == b"{}"


def test_a_server_that_is_down_is_offline() -> None:
    with pytest.raises(Offline) as caught:
        get(closed_address())
    assert caught.value.reason is Reason.UNREACHABLE


def test_an_answer_cut_short_is_offline_and_not_an_empty_answer() -> None:
    error = refusal(Scripted({PATH: Say(b"{", promised=100)}))
    assert isinstance(error, Offline)
    assert error.reason is Reason.INTERRUPTED


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (404, Rejected, Reason.UNKNOWN_RECORD),
        (403, NotAllowed, Reason.FORBIDDEN),
        (401, SessionExpired, Reason.SIGN_IN_AGAIN),
        (500, Unreadable, Reason.SERVER_FAULT),
    ],
)
def test_a_refusal_becomes_its_error_however_long_its_page(status: int, kind: type, reason: Reason) -> None:
    error = refusal(Scripted({PATH: Say("<html>" + "x" * 100_000, status)}))
    assert type(error) is kind
    assert error.reason is reason


def test_a_demand_for_a_fresh_code_is_told_from_an_ended_session() -> None:
    demand = {"www-authenticate": 'DPoP error="insufficient_user_authentication", max_age=600'}
    assert refusal(Scripted({PATH: Say(status=401, headers=demand)})).reason is Reason.CODE_REQUIRED


def test_an_expired_token_is_renewed_once_and_the_request_sent_again() -> None:
    def judge(asked: Asked) -> Say:
        return Say(b"{}") if asked.headers["authorization"] == "Bearer new" else Say(status=401)

    with served(Scripted({PATH: judge})) as url:
        assert get(url, Renewing()).status == 200


def test_a_server_that_refuses_every_token_is_asked_twice_only() -> None:
    server = Scripted({PATH: Say(status=401)})
    with served(server) as url, pytest.raises(SessionExpired):
        get(url, Renewing())
    assert len(server.asked) == 2


def test_a_busy_server_is_waited_for_as_long_as_it_asks() -> None:
    server = Scripted({PATH: [Say(status=503, headers={"retry-after": "7"}), Say(status=429), Say(b"{}")]})
    server.paths[PATH][1].headers["retry-after"] = "2"  # type: ignore[index]
    naps: list[float] = []
    with served(server) as url:
        assert get(url, naps=naps).body == b"{}"
    assert naps == [7, 2]


def test_a_server_busy_for_long_is_not_waited_for() -> None:
    error = refusal(Scripted({PATH: Say(status=429, headers={"retry-after": "31"})}))
    assert isinstance(error, Busy)
    assert error.after == 31


def test_a_redirect_within_the_server_is_followed() -> None:
    with served(
        Scripted({PATH: Say(status=308, headers={"location": "/fhir/Patient/2"}), "/fhir/Patient/2": Say(b"2")})
    ) as url:
        assert get(url).body == b"2"


def test_redirects_without_end_are_refused() -> None:
    assert refusal(Scripted({PATH: Say(status=302, headers={"location": PATH})})).reason is Reason.PAGE_LOOP


def test_n2_n3_no_request_and_no_token_follows_a_redirect_to_another_server() -> None:
    elsewhere = Scripted()
    with served(elsewhere) as foreign:
        error = refusal(Scripted({PATH: Say(status=307, headers={"location": foreign})}))
    assert error.reason is Reason.FOREIGN_ADDRESS
    assert elsewhere.asked == []


def test_n3_a_foreign_link_is_refused_before_any_request() -> None:
    elsewhere = Scripted()
    with served(elsewhere) as foreign, served(Scripted()) as url, pytest.raises(NotAllowed):
        get(url, Fixed("secret"), f"{foreign}/fhir?page=2")
    assert elsewhere.asked == []


def send(
    server: Scripted, method: str = "PUT", body: bytes | None = b"{}", credentials: Credentials | None = None
) -> Answer:
    async def ask(url: str) -> Answer:
        async with FhirApi(f"{url}/fhir", credentials or Fixed("secret"), Network()) as api:
            return await api.send(method, "Patient/1", body, headers={"If-Match": 'W/"3"'})

    with served(server) as url:
        return asyncio.run(ask(url))


def test_a_change_is_sent_with_its_conditions() -> None:
    server = Scripted({f"PUT {PATH}": Say(b"{}", 201)})
    assert send(server, body=b'{"a": 1}').status == 201
    (asked,) = server.asked
    assert asked.body == b'{"a": 1}'
    assert {asked.headers[name] for name in ("content-type", "accept")} == {"application/fhir+json"}
    assert asked.headers["if-match"] == 'W/"3"'
    assert asked.headers["authorization"] == "Bearer secret"


@pytest.mark.parametrize("status", [302, 400, 404, 409, 412, 429, 500, 503])
def test_the_status_of_a_change_is_left_to_who_asked_and_nothing_is_sent_twice(status: int) -> None:
    server = Scripted({PATH: Say(status=status, headers={"location": PATH})})
    assert send(server).status == status
    assert len(server.asked) == 1


def test_a_change_without_a_body_says_nothing_of_one() -> None:
    server = Scripted({PATH: Say(status=204)})
    send(server, "DELETE", None)
    assert server.asked[0].body == b""
    assert "content-type" not in server.asked[0].headers


def test_a_change_refused_for_its_token_is_sent_again_once_whole() -> None:
    server = Scripted({PATH: lambda asked: Say(status=200 if asked.headers["authorization"] == "Bearer new" else 401)})
    assert send(server, credentials=Renewing(), body=b'{"a": 1}').status == 200
    assert [asked.body for asked in server.asked] == [b'{"a": 1}'] * 2
    refusing = Scripted({PATH: Say(status=401)})
    assert send(refusing, credentials=Renewing()).status == 401
    assert len(refusing.asked) == 2


def test_tokens_can_be_renewed_before_the_server_asks_for_it() -> None:
    async def story() -> str:
        credentials = Renewing()
        async with FhirApi("http://localhost/fhir", credentials, Network()) as api:
            await api.renew()
        return credentials.token

    assert asyncio.run(story()) == "new"
