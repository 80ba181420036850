import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.people import PALETTE, Profile, ProfileState
from mes_app.domain.record import Kind
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.sync_status import Fault
from mes_app.errors import Reason
from mes_app.store.profiles import list_profiles, save_profile
from mes_app.store.records import list_rows
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.profiles import read_profiles
from tests.sync.serving import NOW, Say, Scripted, served
from tests.sync.vaults import opened_vault


def make_patient(rid: str, name: str) -> Say:
    return Say(
        {"resourceType": "Patient", "id": rid, "name": [{"text": name}], "birthDate": "2017-07-16", "gender": "male"}
    )


def make_person(*targets: str) -> Say:
    links = [{"target": {"reference": target}} for target in targets]
    return Say({"resourceType": "Person", "id": "x", "link": links})


def make_relation(rid: str, child: str) -> Say:
    return Say({"resourceType": "RelatedPerson", "id": rid, "patient": {"reference": child}})


def read(folder: Path, server: Scripted, **account: Any) -> tuple[list[Profile], list[Fault]]:
    with served(server) as url:
        return read_from(f"{url}/fhir", folder, **account)


def read_from(base: str, folder: Path, **account: Any) -> tuple[list[Profile], list[Fault]]:
    async def story() -> tuple[list[Profile], list[Fault]]:
        stated = ServerAccount(fhir_base=base, sign_in=SignIn.PLAIN, **account)
        async with opened_vault(folder) as (database, _), FhirApi(base, Fixed(), Network()) as api:
            found, faults = await read_profiles(api, database, stated, NOW)
            assert {profile.pid for profile in found} <= {p.pid for p in await database.read(list_profiles)}
            for profile in found:
                assert len(await database.read(list_rows, profile.pid, Kind.PEOPLE)) == 1
            return found, faults

    return asyncio.run(story())


def make_server() -> Scripted:
    return Scripted(
        {
            "/fhir/Person/x": make_person("RelatedPerson/r", "Patient/me"),
            "/fhir/RelatedPerson/r": make_relation("r", "Patient/leo"),
            "/fhir/Patient/me": make_patient("me", "Camille Martin"),
            "/fhir/Patient/leo": make_patient("leo", "Léo Martin"),
        }
    )


def test_the_own_record_comes_first_then_those_of_the_represented(tmp_path: Path) -> None:
    found, faults = read(tmp_path, make_server(), person="Person/x")
    assert [(p.rid, p.name, p.holder, p.colour) for p in found] == [
        ("me", "Camille Martin", True, PALETTE[0]),
        ("leo", "Léo Martin", False, PALETTE[1]),
    ]
    assert faults == []


def test_the_same_people_keep_their_profiles_and_a_new_name_is_taken(tmp_path: Path) -> None:
    server = make_server()
    before, _ = read(tmp_path, server, person="Person/x")
    server.paths["/fhir/Patient/leo"] = make_patient("leo", "Léo Durand")
    after, _ = read(tmp_path, server, person="Person/x")
    assert [p.pid for p in after] == [p.pid for p in before]
    assert after[1].name == "Léo Durand"


def test_the_patients_of_a_plain_server_are_those_given_the_first_being_the_holder(tmp_path: Path) -> None:
    found, _ = read(tmp_path, make_server(), patients=("leo", "me"))
    assert [(p.rid, p.holder) for p in found] == [("leo", True), ("me", False)]


def test_l6_who_only_represents_others_is_the_holder_of_no_record(tmp_path: Path) -> None:
    server = make_server()
    server.paths["/fhir/Person/x"] = make_person("RelatedPerson/r")
    found, _ = read(tmp_path, server, person="Person/x")
    assert [(p.rid, p.holder) for p in found] == [("leo", False)]


def list_states(folder: Path) -> list[tuple[str | None, ProfileState]]:
    """Every profile kept, hidden or not."""

    async def story() -> list[tuple[str | None, ProfileState]]:
        async with opened_vault(folder) as (database, _):
            return [(p.rid, p.state) for p in await database.read(list_profiles, hidden=True)]

    return asyncio.run(story())


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a6_a_person_the_server_refuses_is_said_and_hidden(tmp_path: Path, status: int) -> None:
    server = make_server()
    read(tmp_path, server, person="Person/x")
    server.paths["/fhir/Patient/leo"] = Say({}, status)
    found, faults = read(tmp_path, server, person="Person/x")
    assert [p.rid for p in found] == ["me"]
    assert [(fault.type, fault.rid) for fault in faults] == [("Patient", "leo")]
    assert list_states(tmp_path) == [("me", ProfileState.ACTIVE), ("leo", ProfileState.HIDDEN)]


def test_a6_a_person_refused_again_a_day_later_is_given_up_and_not_before(tmp_path: Path) -> None:
    server = make_server()
    read(tmp_path, server, person="Person/x")
    server.paths["/fhir/Patient/leo"] = Say({}, 403)
    read(tmp_path, server, person="Person/x")
    server.date += timedelta(hours=23)
    read(tmp_path, server, person="Person/x")
    assert len(list_states(tmp_path)) == 2
    server.date += timedelta(hours=1)
    read(tmp_path, server, person="Person/x")
    assert list_states(tmp_path) == [("me", ProfileState.ACTIVE)]


def test_a6_a_person_no_longer_linked_is_judged_by_their_own_record(tmp_path: Path) -> None:
    server = make_server()
    with served(server) as url:
        base = f"{url}/fhir"
        read_from(base, tmp_path, person="Person/x")
        server.paths["/fhir/Person/x"] = make_person("Patient/me")
        found, _ = read_from(base, tmp_path, person="Person/x")
        assert [p.rid for p in found] == ["me", "leo"]
        server.paths["/fhir/Patient/leo"] = Say({}, 403)
        read_from(base, tmp_path, person="Person/x")
    assert list_states(tmp_path)[1] == ("leo", ProfileState.HIDDEN)


def test_a_person_of_another_server_is_not_asked_of_this_one(tmp_path: Path) -> None:
    server = make_server()
    read(tmp_path, server, person="Person/x")
    server.paths["/fhir/Person/x"] = make_person("Patient/me")
    server.paths["/fhir/Patient/leo"] = Say({}, 404)
    read(tmp_path, server, person="Person/x")
    assert list_states(tmp_path)[1] == ("leo", ProfileState.ACTIVE)


def test_a_right_that_is_given_back_shows_the_profile_again_and_starts_the_count_anew(tmp_path: Path) -> None:
    server = make_server()
    before, _ = read(tmp_path, server, person="Person/x")
    for _ in range(2):
        server.paths["/fhir/Patient/leo"] = Say({}, 403)
        read(tmp_path, server, person="Person/x")
        server.date += timedelta(hours=20)
        server.paths["/fhir/Patient/leo"] = make_patient("leo", "Léo Martin")
        after, _ = read(tmp_path, server, person="Person/x")
        assert after == before
        assert list_states(tmp_path)[1] == ("leo", ProfileState.ACTIVE)


@pytest.mark.parametrize(
    ("me", "leo"), [(Say({}, 403), Say({}, 403)), (Say("<html>"), Say({}, 403)), (None, Say({}, 500)), (None, Say("<"))]
)
def test_i7_a_failure_that_may_be_something_else_hides_nobody(tmp_path: Path, me: Say | None, leo: Say) -> None:
    server = make_server()
    read(tmp_path, server, person="Person/x")
    server.paths["/fhir/Patient/leo"] = leo
    if me:
        server.paths["/fhir/Patient/me"] = me
    read(tmp_path, server, person="Person/x")
    assert {state for _, state in list_states(tmp_path)} == {ProfileState.ACTIVE}


def test_who_signs_in_as_somebody_else_takes_nobody_away(tmp_path: Path) -> None:
    server = make_server()
    read(tmp_path, server, person="Person/x")
    server.paths = {"/fhir/Person/y": make_person("Patient/alex"), "/fhir/Patient/alex": make_patient("alex", "Alex")}
    read(tmp_path, server, person="Person/y")
    read(tmp_path, server, patients=("alex",))
    assert {rid for rid, state in list_states(tmp_path) if state is ProfileState.ACTIVE} == {"me", "leo", "alex"}


def test_a_relation_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    server = make_server()
    server.paths["/fhir/RelatedPerson/r"] = Say("<html>")
    found, faults = read(tmp_path, server, person="Person/x")
    assert [p.rid for p in found] == ["me"]
    assert faults == [Fault("RelatedPerson", "r", Reason.NOT_FHIR)]


def test_the_holder_whom_the_server_names_holds_the_vault_in_place_of_one_it_does_not_know(tmp_path: Path) -> None:
    local = Profile(pid="here", name="Camille", holder=True)

    async def story(base: str) -> list[Profile]:
        stated = ServerAccount(fhir_base=base, sign_in=SignIn.PLAIN, person="Person/x")
        async with opened_vault(tmp_path) as (database, _), FhirApi(base, Fixed(), Network()) as api:
            await database.write(save_profile, local)
            await read_profiles(api, database, stated, NOW)
            return await database.read(list_profiles)

    with served(make_server()) as url:
        holder, *others = asyncio.run(story(f"{url}/fhir"))
    assert (holder.rid, holder.holder) == ("me", True)
    assert local.model_copy(update={"holder": False}) in others
