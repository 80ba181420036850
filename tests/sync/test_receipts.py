import asyncio
from typing import Any

import pytest

from mes_app.errors import MesError, Reason, SessionExpired, Unreadable
from mes_app.fhir.bundles import RawResource
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.receipts import look_up, read_written
from tests.sync.serving import Say, Scripted, make_record, served

HERE = "/fhir/Observation/o1"


def look(say: Say) -> RawResource | None:
    async def ask(url: str) -> RawResource | None:
        async with FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            return await look_up(api, "Observation", "o1")

    server = Scripted({HERE: say})
    with served(server) as url:
        found = asyncio.run(ask(url))
    assert server.asked[0].headers["cache-control"] == "no-cache"
    return found


def write(say: Say, rid: str = "", **paths: Any) -> RawResource:
    async def ask(url: str) -> RawResource:
        async with FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            answer = await api.send("PUT", "written", b"{}")
            return await read_written(api, answer, "Observation", rid)

    with served(Scripted({"/fhir/written": say, HERE: Say(make_record(version="7"))})) as url:
        return asyncio.run(ask(url))


def test_what_the_server_has_is_asked_past_every_cache() -> None:
    found = look(Say(make_record(version="3")))
    assert found is not None
    assert found.version == "3"


@pytest.mark.parametrize("status", [404, 410])
def test_what_the_server_no_longer_has_is_nothing(status: int) -> None:
    assert look(Say(status=status)) is None


@pytest.mark.parametrize(
    ("say", "kind"),
    [(Say(status=401), SessionExpired), (Say(status=500), Unreadable), (Say("<html>"), Unreadable)],
)
def test_a_failure_to_look_is_not_taken_for_an_absence(say: Say, kind: type[MesError]) -> None:
    with pytest.raises(kind):
        look(say)


def test_the_answer_to_a_change_is_what_is_kept() -> None:
    assert write(Say(make_record(version="2"))).version == "2"


@pytest.mark.parametrize("body", [b"", {"resourceType": "OperationOutcome"}, make_record() | {"resourceType": "Flag"}])
def test_a_change_answered_without_the_record_is_read_where_it_is(body: Any) -> None:
    assert write(Say(body), "o1").version == "7"
    assert write(Say(body, 201, {"location": "http://elsewhere/fhir/Observation/o1/_history/7"})).version == "7"


def test_an_answer_that_does_not_tell_where_the_record_is_leaves_the_outcome_open() -> None:
    for rid in ("", "missing"):
        with pytest.raises(Unreadable) as caught:
            write(Say(b""), rid)
        assert caught.value.reason is Reason.NOT_FHIR
