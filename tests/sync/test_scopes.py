"""What fetching and checking ask alike."""

import asyncio
from pathlib import Path

import pytest

from mes_app.domain.people import Profile
from mes_app.errors import Reason, Unreadable
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.references import References
from mes_app.sync.scopes import PAGE_COUNT_LIMIT, Scope, note_link
from tests.sync.serving import NOW, Say, Scripted, make_bundle, served
from tests.sync.vaults import opened_vault

SEARCH = "/fhir/Observation"


def count(folder: Path, server: Scripted) -> int | None:
    async def run(url: str) -> int | None:
        async with opened_vault(folder) as (database, _), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            scope = Scope(api, database, References(api, database), Profile(pid="me", rid="p1"), lambda: NOW)
            return await scope.count(scope.search("Observation", _lastUpdated="ge2026-11-20T10:00:00+00:00"))

    with served(server) as url:
        return asyncio.run(run(url))


def test_a_count_is_of_the_records_of_the_person_and_past_every_cache(tmp_path: Path) -> None:
    server = Scripted({SEARCH: Say(make_bundle(total=7))})
    assert count(tmp_path, server) == 7
    (asked,) = server.asked
    assert asked.query == {"patient": "p1", "_lastUpdated": "ge2026-11-20T10:00:00+00:00", "_summary": "count"}
    assert asked.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("say", [Say(status=400), Say(status=403), Say("{"), Say(make_bundle())])
def test_a_count_that_is_refused_or_not_told_is_unknown(tmp_path: Path, say: Say) -> None:
    assert count(tmp_path, Scripted({SEARCH: say})) is None


def test_a_link_is_followed_once_and_not_without_end() -> None:
    seen: set[str] = set()
    note_link("a", seen)
    assert seen == {"a"}
    for link, followed in (("a", seen), ("b", {str(number) for number in range(PAGE_COUNT_LIMIT)})):
        with pytest.raises(Unreadable) as caught:
            note_link(link, followed)
        assert caught.value.reason is Reason.PAGE_LOOP
