import json

from mes_app.fhir.bodies import read_body
from mes_app.store.ops import Op
from mes_app.sync.postings import SYSTEM, make_posting
from tests.sync.pushing import BARE, POSTING, PUTTING, make_measure

OP = Op(op_id="01a2", lid="l1", profile="me", op="C", type="Observation", rid=None, body=b"")


def test_an_id_of_ours_is_put_where_nothing_is() -> None:
    posting = make_posting(OP, make_measure(), PUTTING)
    assert (posting.method, posting.reference) == ("PUT", "Observation/l1")
    assert posting.resource == make_measure() | {"id": "l1"}
    assert posting.conditions == {"If-None-Match": "*"}


def test_elsewhere_the_change_names_itself_beside_the_identifiers_there_are() -> None:
    posting = make_posting(OP, make_measure(identifier=[{"value": "mine"}]), POSTING)
    assert (posting.method, posting.reference) == ("POST", "Observation")
    assert posting.resource["identifier"] == [{"value": "mine"}, {"system": SYSTEM, "value": "urn:uuid:01a2"}]
    assert posting.conditions == {"If-None-Exist": f"identifier={SYSTEM}|urn:uuid:01a2"}


def test_a_condition_that_the_server_did_not_promise_is_not_made() -> None:
    posting = make_posting(OP, make_measure(), BARE)
    assert posting.conditions == {}
    assert posting.resource["identifier"] == [{"system": SYSTEM, "value": "urn:uuid:01a2"}]


def test_in_a_transaction_the_conditions_are_named_as_there() -> None:
    put = make_posting(OP, make_measure(), PUTTING).make_entry("urn:uuid:l1")
    assert put["request"] == {"method": "PUT", "url": "Observation/l1", "ifNoneMatch": "*"}
    assert (put["fullUrl"], put["resource"]["id"]) == ("urn:uuid:l1", "l1")
    post = make_posting(OP, make_measure(), POSTING).make_entry("urn:uuid:l1")
    assert post["request"]["ifNoneExist"] == f"identifier={SYSTEM}|urn:uuid:01a2"


def test_the_record_itself_is_left_as_it_was() -> None:
    resource = read_body(json.dumps(make_measure(identifier=[{"value": "mine"}])).encode())
    make_posting(OP, resource, POSTING)
    make_posting(OP, resource, PUTTING)
    assert resource == read_body(json.dumps(make_measure(identifier=[{"value": "mine"}])).encode())


def test_of_many_identifiers_all_are_sent() -> None:
    many = [{"value": f"mine-{number}"} for number in range(150)]
    assert make_posting(OP, make_measure(identifier=many), POSTING).resource["identifier"][:-1] == many
