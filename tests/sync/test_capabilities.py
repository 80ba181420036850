import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.types import PULLED_TYPES
from mes_app.store.preferences import put_preference
from mes_app.sync.api import FhirApi
from mes_app.sync.capabilities import Capabilities, choose_capabilities, find_capabilities
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from tests.sync.serving import NOW, Say, Scripted, served
from tests.sync.vaults import opened_vault


def make_server(*resources: dict[str, Any]) -> Scripted:
    return Scripted({"/fhir/metadata": Say({"resourceType": "CapabilityStatement", "rest": [{"resource": resources}]})})


def choose(folder: Path, server: Scripted, *hours: float) -> list[Capabilities]:
    async def story(url: str) -> list[Capabilities]:
        async with opened_vault(folder) as (database, _), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            return [await choose_capabilities(api, database, NOW + timedelta(hours=hour)) for hour in hours or (0,)]

    with served(server) as url:
        return asyncio.run(story(url))


def test_only_types_that_can_be_searched_by_patient_are_pulled(tmp_path: Path) -> None:
    server = make_server(
        {"type": "Observation", "interaction": [{"code": "search-type"}], "searchParam": [{"name": "patient"}]},
        {"type": "Condition", "interaction": [{"code": "read"}]},
        {"type": "Procedure", "searchParam": [{"name": "_id"}]},
        {"type": "Appointment"},
        {"type": "Martian"},
    )
    assert choose(tmp_path, server)[0].types == ("Appointment", "Observation")


def test_a_server_that_says_nothing_of_its_types_is_asked_for_all(tmp_path: Path) -> None:
    assert choose(tmp_path, make_server())[0].types == PULLED_TYPES


def test_what_a_server_does_not_promise_of_writing_is_not_relied_on(tmp_path: Path) -> None:
    vague = {"type": "Observation", "updateCreate": "yes", "conditionalCreate": False}
    assert choose(tmp_path, make_server(vague)) == [Capabilities(types=("Observation",))]


def test_promises_of_writing_are_read_type_by_type(tmp_path: Path) -> None:
    told = [{"type": "Appointment", "updateCreate": True}, {"type": "Observation", "conditionalCreate": True}]
    rest = {"resource": told, "interaction": [{"code": "batch"}, {"code": "transaction"}]}
    server = Scripted({"/fhir/metadata": Say({"resourceType": "CapabilityStatement", "rest": [rest]})})
    assert (
        choose(tmp_path, server, 0, 1)
        == [Capabilities(("Appointment", "Observation"), ("Appointment",), ("Observation",), transaction=True)] * 2
    )


def test_the_answer_is_remembered_for_a_day(tmp_path: Path) -> None:
    server = make_server({"type": "Appointment"})
    assert choose(tmp_path, server, 0, 23.9, 24) == [Capabilities(types=("Appointment",))] * 3
    assert len(server.asked) == 2


def test_what_is_no_fhir_server_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        choose(tmp_path, Scripted({"/fhir/metadata": Say({"resourceType": "Patient"})}))
    assert caught.value.reason is Reason.NOT_FHIR


ENFORCES = "https://mes-carnets.example/fhir/StructureDefinition/enforces-access-control"


@pytest.mark.parametrize(
    ("security", "enforces"),
    [
        ({"extension": [{"url": ENFORCES, "valueBoolean": True}]}, True),
        ({"extension": [{"url": ENFORCES, "valueBoolean": False}]}, False),
        ({"extension": [{"url": ENFORCES, "valueString": "true"}, "odd"]}, False),
        ({"description": "OAuth"}, False),
        ("odd", False),
    ],
)
def test_labels_are_only_taken_as_enforced_on_the_word_of_the_server(
    security: object, enforces: bool, tmp_path: Path
) -> None:
    rest = {"resource": [{"type": "Appointment"}], "security": security}
    server = Scripted({"/fhir/metadata": Say({"resourceType": "CapabilityStatement", "rest": [rest]})})
    told = choose(tmp_path, server, 0, 1)
    assert [found.enforces_access_control for found in told] == [enforces, enforces]


def test_what_a_server_said_is_found_without_asking_it_again_and_no_other_takes_it_over(tmp_path: Path) -> None:
    async def story() -> list[bool]:
        async with opened_vault(tmp_path) as (database, _):
            before = await database.read(find_capabilities, "https://un.example/fhir")
            told = {"types": [], "update_create": [], "conditional_create": [], "transaction": False}
            kept = {"base": "https://un.example/fhir", "at": NOW.isoformat(), "told": told}
            await database.write(put_preference, "server_capabilities", kept)
            former = await database.read(find_capabilities, "https://un.example/fhir")
            kept["told"] = told | {"enforces_access_control": True}
            await database.write(put_preference, "server_capabilities", kept)
            now = await database.read(find_capabilities, "https://un.example/fhir")
            other = await database.read(find_capabilities, "https://autre.example/fhir")
            return [found.enforces_access_control for found in (before, former, now, other)]

    assert asyncio.run(story()) == [False, False, True, False]
