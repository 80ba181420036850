import httpx

from mes_backend.fhir.capability import ENFORCES_ACCESS_CONTROL, make_capability
from mes_backend.fhir.parameters import KINDS
from tests.backend.fhir.scene import Server, check_fhir


def test_the_statement_is_valid_and_names_every_kept_type() -> None:
    statement = make_capability("http://s/fhir")
    check_fhir(statement)
    assert {resource["type"] for resource in statement["rest"][0]["resource"]} == set(KINDS)


def test_anyone_may_ask_what_the_server_can_do(server: Server) -> None:
    answer = httpx.get(f"{server.url}/metadata")
    assert answer.json()["implementation"]["url"] == server.url
    assert answer.headers["content-type"] == "application/fhir+json"


def test_what_patients_cannot_do_is_not_announced() -> None:
    described = {resource["type"]: resource for resource in make_capability("")["rest"][0]["resource"]}
    codes = {type_: {i["code"] for i in described[type_]["interaction"]} for type_ in described}
    assert not {"create", "update", "delete"} & (codes["Practitioner"] | codes["Person"] | codes["AuditEvent"])
    assert "search-type" not in codes["Binary"]
    assert {"create", "update", "delete", "vread", "history-type", "search-type"} <= codes["Observation"]
    assert described["Observation"]["updateCreate"]


def test_the_server_says_that_its_labels_are_kept_to() -> None:
    (said,) = make_capability("")["rest"][0]["security"]["extension"]
    assert said == {"url": ENFORCES_ACCESS_CONTROL, "valueBoolean": True}
