import json
from datetime import datetime
from uuid import UUID

from mes_app.domain.values import PARIS
from mes_app.fhir.collections import COLLECTION_END, CollectionEntries, begin_collection, name_shared

NOW = datetime(2026, 11, 22, 14, 5, 30, 999, tzinfo=PARIS)


def test_resources_are_in_the_bundle_as_they_are_stored_down_to_their_spaces_and_digits() -> None:
    bodies = [b'{ "resourceType":"Observation", "valueQuantity" : {"value":1.50} }', '{"text":"\\u00e9é"}'.encode()]
    entries = CollectionEntries()
    written = begin_collection(NOW) + b"".join(entries.write(f"urn:{body[:3]!r}", body) for body in bodies)
    written += COLLECTION_END
    assert all(body in written for body in bodies)
    bundle = json.loads(written)
    assert (bundle["type"], bundle["timestamp"], len(bundle["entry"])) == ("collection", "2026-11-22T13:05:30Z", 2)


def test_a_bundle_of_nothing_is_json_too() -> None:
    assert json.loads(begin_collection(NOW) + COLLECTION_END)["entry"] == []


def test_a_shared_resource_has_the_same_url_each_time_and_no_other_has_it() -> None:
    url = name_shared("Practitioner", "7")
    assert url == name_shared("Practitioner", "7") != name_shared("Practitioner", "8")
    assert UUID(url)
