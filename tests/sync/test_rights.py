import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mes_app.domain.people import Profile, ProfileState
from mes_app.errors import Busy, Offline, SessionExpired
from mes_app.store.profiles import list_profiles, save_profile
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.rights import judge_rights
from tests.sync.serving import NOW, Say, Scripted, served
from tests.sync.vaults import opened_vault


class Renewed(Fixed):
    """Counts the renewals."""

    def __init__(self) -> None:
        super().__init__()
        self.renewals = 0

    async def renew(self, _sent: Mapping[str, str], /) -> bool:
        self.renewals += 1
        return True


def judge(folder: Path, answer: Say, *, now: datetime = NOW) -> tuple[list[ProfileState], int]:
    """The state of the profile of p1 after a judgement, and how often tokens were renewed."""

    async def story(url: str) -> tuple[list[ProfileState], int]:
        credentials = Renewed()
        async with opened_vault(folder) as (database, _), FhirApi(f"{url}/fhir", credentials, Network()) as api:
            if not await database.read(list_profiles, hidden=True):
                await database.write(save_profile, Profile(pid="a", rid="p1"))
            await judge_rights(api, database, ["p1", "unknown"], now)
            return [p.state for p in await database.read(list_profiles, hidden=True)], credentials.renewals

    server = Scripted({"/fhir/Patient/p1": answer}, date=now)
    with served(server) as url:
        return asyncio.run(story(url))


def test_a_right_is_judged_by_tokens_just_renewed(tmp_path: Path) -> None:
    assert judge(tmp_path, Say({}, 403)) == ([ProfileState.HIDDEN], 1)


def test_a_right_that_only_the_former_token_did_not_tell_of_stays(tmp_path: Path) -> None:
    assert judge(tmp_path, Say({"resourceType": "Patient", "id": "p1"}))[0] == [ProfileState.ACTIVE]


def test_i7_a_server_that_fails_says_nothing_of_a_right(tmp_path: Path) -> None:
    assert judge(tmp_path, Say({}, 500))[0] == [ProfileState.ACTIVE]


def test_two_refusals_a_day_apart_end_it(tmp_path: Path) -> None:
    judge(tmp_path, Say({}, 404))
    assert judge(tmp_path, Say({}, 404), now=NOW + timedelta(hours=23, minutes=59))[0] == [ProfileState.HIDDEN]
    assert judge(tmp_path, Say({}, 404), now=NOW + timedelta(hours=24))[0] == []


@pytest.mark.parametrize(("status", "kind"), [(401, SessionExpired), (429, Busy), (503, Busy), (504, Offline)])
def test_i7_what_is_no_refusal_of_the_right_is_raised_and_judges_nothing(
    tmp_path: Path, status: int, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        judge(tmp_path, Say({}, status))
