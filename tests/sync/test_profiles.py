import asyncio
from pathlib import Path
from typing import Any

from mes_app.domain.people import PALETTE, Profile
from mes_app.domain.record import Kind
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.sync_status import Fault
from mes_app.errors import Reason
from mes_app.store.profiles import list_profiles
from mes_app.store.records import list_rows
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.profiles import read_profiles
from tests.sync.serving import Say, Scripted, served
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
    async def story(url: str) -> tuple[list[Profile], list[Fault]]:
        base = f"{url}/fhir"
        stated = ServerAccount(fhir_base=base, sign_in=SignIn.PLAIN, **account)
        async with opened_vault(folder) as (database, _), FhirApi(base, Fixed(), Network()) as api:
            found, faults = await read_profiles(api, database, stated)
            assert {profile.pid for profile in found} <= {p.pid for p in await database.read(list_profiles)}
            for profile in found:
                assert len(await database.read(list_rows, profile.pid, Kind.PEOPLE)) == 1
            return found, faults

    with served(server) as url:
        return asyncio.run(story(url))


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


def test_a6_a_person_the_server_refuses_is_said_and_stays_here(tmp_path: Path) -> None:
    server = make_server()
    read(tmp_path, server, person="Person/x")
    server.paths["/fhir/Patient/leo"] = Say({}, 404)
    found, faults = read(tmp_path, server, person="Person/x")
    assert [p.rid for p in found] == ["me"]
    assert faults == [Fault("Patient", "leo", Reason.UNKNOWN_RECORD)]

    async def count() -> int:
        async with opened_vault(tmp_path) as (database, _):
            return len(await database.read(list_profiles))

    assert asyncio.run(count()) == 2


def test_a_relation_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    server = make_server()
    server.paths["/fhir/RelatedPerson/r"] = Say("<html>")
    found, faults = read(tmp_path, server, person="Person/x")
    assert [p.rid for p in found] == ["me"]
    assert faults == [Fault("RelatedPerson", "r", Reason.NOT_FHIR)]
