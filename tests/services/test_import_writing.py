from typing import cast

from mes_app.domain.imports import Item
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.fhir.adopting import Bundled
from mes_app.fhir.elements import Json
from mes_app.services.import_plans import Finding
from mes_app.services.import_sources import Dossier, Source
from mes_app.services.import_twins import Known
from mes_app.services.import_writing import Names, order_findings

DOSSIER = Dossier(rid="old")


def record(rid: str, *references: str, **elements: object) -> Finding:
    resource: Json = {"resourceType": "Flag", "id": rid, "a": [{"reference": text} for text in references], **elements}
    source = Source(record=Bundled(f"urn:uuid:{rid}", "Flag", rid, resource), dossier=DOSSIER)
    return Finding(item=Item(number=0, kind=Kind.OTHER), source=source)


def order(*findings: Finding) -> list[str]:
    return [cast(Bundled, finding.source.record).id for finding in order_findings(findings)]


def test_what_is_referred_to_goes_first_whatever_the_order_of_the_archive() -> None:
    chain = [record("1", "Flag/2"), record("2", "https://old.example/Flag/3"), record("3", "urn:uuid:4"), record("4")]
    assert order(*chain) == ["4", "3", "2", "1"]
    assert order(*reversed(chain)) == ["4", "3", "2", "1"]


def test_records_that_refer_to_each_other_all_go_once() -> None:
    ring = [record("1", "Flag/2"), record("2", "Flag/3"), record("3", "Flag/1"), record("4", "Flag/4")]
    assert sorted(order(*ring)) == ["1", "2", "3", "4"]


def test_a_long_chain_is_no_matter() -> None:
    chain = [record(str(number), f"Flag/{number + 1}") for number in range(5_000)]
    assert order(*chain)[0] == "4999"


def test_what_was_brought_is_named_anew_and_whoever_it_is_of() -> None:
    names = Names(Known(Profile(pid="p", rid="new")))
    named = record("1", masterIdentifier={"value": "urn:oid:1"})
    names.learn(named, "lid-1")
    asked = record("2")
    assert names.rename(asked, "Patient/old", {"display": "Zoé"}) == {"reference": "Patient/new"}
    assert names.rename(asked, "Patient/other", {}) is None
    for text in ("Flag/1", "https://old.example/fhir/Flag/1/_history/2", "urn:uuid:1"):
        told = {"display": "x", "identifier": {"value": "urn:oid:1"}, "reference": "urn:uuid:lid-1"}
        assert names.rename(asked, text, {"display": "x", "reference": text}) == told
    assert names.rename(asked, "Flag/3", {}) is None
