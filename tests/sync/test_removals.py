"""What a removed document leaves on the server."""

import asyncio
from typing import Any

import pytest

from mes_app.errors import Busy, MesError, Offline, SessionExpired
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.removals import remove_contents
from tests.sync.serving import Say, Scripted, served


def make_document(*urls: str) -> dict[str, Any]:
    return {"resourceType": "DocumentReference", "content": [{"attachment": {"url": url}} for url in urls]}


def remove(*urls: str, status: int = 204) -> list[tuple[str, str]]:
    """The requests that removing the contents at ``urls`` (where {} is the server) makes."""
    server = Scripted({f"DELETE /fhir/Binary/b{number}": Say(status=status) for number in (1, 2)})

    async def story(url: str) -> None:
        async with FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            await remove_contents(api, make_document(*(each.format(url) for each in urls)))

    with served(server) as url:
        asyncio.run(story(url))
    return [(asked.method, asked.path) for asked in server.asked]


def test_each_binary_of_this_server_is_removed() -> None:
    expected = [("DELETE", "/fhir/Binary/b1"), ("DELETE", "/fhir/Binary/b2")]
    assert remove("Binary/b1", "{}/fhir/Binary/b2/_history/1") == expected


@pytest.mark.parametrize(
    "url", ["", "https://other.example/fhir/Binary/b1", "{}/other/Binary/b1", "DocumentReference/b1", "/files/b1.pdf"]
)
def test_nothing_else_is(url: str) -> None:
    assert remove(url) == []


@pytest.mark.parametrize("status", [403, 404, 405, 409, 410, 500])
def test_where_the_server_refuses_it_stays(status: int) -> None:
    assert remove("Binary/b1", status=status) == [("DELETE", "/fhir/Binary/b1")]


@pytest.mark.parametrize(("status", "kind"), [(401, SessionExpired), (429, Busy), (503, Busy), (504, Offline)])
def test_what_may_pass_later_is_to_be_done_again(status: int, kind: type[MesError]) -> None:
    with pytest.raises(kind):
        remove("Binary/b1", status=status)
