"""Names of records that the server does not have yet."""

from mes_app.store.database import Connection
from mes_app.store.edits import change_record, create_record
from mes_app.store.outbox import acknowledge, list_due
from mes_app.store.records import get_record
from mes_app.store.references import find_address, name_record, tie_references
from mes_app.store.versions import require_versions
from tests.store.samples import CHILD, ME, make_version, make_when, make_written, merge_words, save_one, save_page


def refer(lid: str) -> str:
    return f"urn:uuid:{lid}"


def test_what_the_server_does_not_have_is_waited_for_and_the_rest_named_as_it_does(con: Connection) -> None:
    new = create_record(con, ME, make_written(), make_when())
    known = save_one(con, ME, make_version("1"))
    written = make_written(to=[refer(new), refer(known), refer("0" * 36)], deps=("binary",))
    body, deps = tie_references(con, "own", written)
    assert body == make_written(to=[refer(new), "DocumentReference/d1", refer("0" * 36)]).body
    assert deps == tuple(sorted([new, "binary"]))


def test_a_record_does_not_wait_for_itself(con: Connection) -> None:
    lid = create_record(con, ME, make_written(), make_when())
    change_record(con, lid, make_written(to=refer(lid)), make_when())
    assert [op.lid for op in list_due(con, ME, 0)] == [lid]


def test_once_created_a_record_has_the_server_s_name_wherever_it_waits_to_be_said(con: Connection) -> None:
    new = create_record(con, ME, make_written(), make_when())
    waiting = create_record(con, CHILD.pid, make_written(to=refer(new)), make_when())
    asked = save_one(con, ME, make_version("1", rid="d9"))
    change_record(con, asked, make_written("Autre", to=refer(new)), make_when())
    save_page(con, ME, [make_version("2", "Encore", rid="d9")])
    assert list_due(con, CHILD.pid, 0) == []
    (op,) = list_due(con, ME, 0)
    acknowledge(con, op, make_version("1", rid="d1"), merge_words)
    (op,) = list_due(con, CHILD.pid, 0)
    assert (op.body, op.deps) == (make_written(to="DocumentReference/d1").body, ())
    for lid, title in ((waiting, "Compte rendu"), (asked, "Autre")):
        assert get_record(con, lid).body == make_written(title, to="DocumentReference/d1").body
    assert require_versions(con, asked).mine == get_record(con, asked).body


def test_a_mirror_is_left_as_the_server_wrote_it(con: Connection) -> None:
    new = create_record(con, ME, make_written(), make_when())
    other = save_one(con, ME, make_version("1", to=refer(new)))
    name_record(con, require_versions(con, new), "d2")
    assert get_record(con, other).body == make_version("1", to=refer(new)).body


def test_a_record_has_an_address_once_the_server_has_it(con: Connection) -> None:
    assert find_address(con, save_one(con, ME, make_version("1", rid="d9"))) == "DocumentReference/d9"
    assert find_address(con, create_record(con, ME, make_written(), make_when())) == ""
    assert find_address(con, "nothing") == ""
