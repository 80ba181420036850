"""What is hidden from professionals, as it is shown here, and what the server knows of it."""

import json

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.visibility import Standing
from mes_app.errors import Reason, Rejected
from mes_app.fhir.bodies import read_body
from mes_app.fhir.labels import hide_body
from mes_app.fhir.overviews import summarise
from mes_app.store.conflicts import get_conflict, resolve_conflict
from mes_app.store.database import Connection
from mes_app.store.edits import Written, change_record, create_record
from mes_app.store.outbox import list_due, mark_inflight, quarantine
from mes_app.store.pages import Incoming, save_page
from mes_app.store.records import find_record, get_record
from mes_app.store.visibility import choose_new, count_hidden, find_hidden, hides_new, list_visible, read_standing
from mes_app.sync.conflicts import merge_versions
from tests.store.samples import CHILD, ME, make_incoming, make_when, save_one


def make_document(title: str = "Bilan", *labels: str) -> bytes:
    """What Dr Benali wrote."""
    resource = {
        "resourceType": "DocumentReference",
        "id": "d1",
        "status": "current",
        "author": [{"reference": "Practitioner/7"}],
        "securityLabel": [{"coding": [{"code": label}]} for label in labels],
        "content": [{"attachment": {"title": title, "url": "Binary/b1"}}],
    }
    return json.dumps(resource).encode()


def write(body: bytes) -> Written:
    return Written("DocumentReference", body, summarise(read_body(body), holder=True))


def receive(con: Connection, ver: str, body: bytes, profile: str = ME) -> str:
    """The server has ``body``; our id of it, empty where it is withheld."""
    item = Incoming("DocumentReference", "d1", ver, f"2026-01-0{ver}T00:00:00Z", body, write(body).overview)
    save_page(con, profile, [item], merge=merge_versions)
    found = find_record(con, profile, "DocumentReference", "d1")
    return found.row.id if found else ""


def hide(con: Connection, lid: str, *, hidden: bool = True) -> None:
    change_record(con, lid, write(hide_body(get_record(con, lid).body, hidden=hidden)), make_when())


def open_conflict(con: Connection) -> str:
    """Hidden by the server's version, and by no longer ours: it was changed elsewhere too."""
    lid = receive(con, "1", make_document("Bilan", "N", "MASQUE_PS"))
    hide(con, lid, hidden=False)
    receive(con, "2", make_document("Bilan sanguin", "N", "MASQUE_PS"))
    assert get_conflict(con, lid)
    return lid


def test_what_is_chosen_is_only_asked_until_the_server_says_the_same(con: Connection) -> None:
    lid = receive(con, "1", make_document("Bilan", "N"))
    assert read_standing(con, lid) == (False, Standing.UNENFORCED)
    hide(con, lid)
    assert read_standing(con, lid) == (True, Standing.REQUESTED)
    (op,) = list_due(con, ME, 4e9)
    mark_inflight(con, op)
    hide(con, lid, hidden=False)
    assert read_standing(con, lid) == (False, Standing.REQUESTED), "what was sent may be there still"


def test_another_change_that_waits_says_nothing_of_who_reads(con: Connection) -> None:
    lid = receive(con, "1", make_document("Bilan", "N", "MASQUE_PS"))
    change_record(con, lid, write(make_document("Mon bilan", "N", "MASQUE_PS")), make_when())
    assert read_standing(con, lid) == (True, Standing.UNENFORCED)


def test_what_the_server_refused_is_told_so(con: Connection) -> None:
    lid = receive(con, "1", make_document("Bilan", "N"))
    hide(con, lid)
    (op,) = list_due(con, ME, 4e9)
    mark_inflight(con, op)
    quarantine(con, op, Reason.FORBIDDEN, 403)
    assert read_standing(con, lid) == (True, Standing.REFUSED)


def test_a_document_that_was_never_sent_is_only_asked_to_be_hidden(con: Connection) -> None:
    lid = create_record(con, ME, write(make_document("Bilan", "N", "MASQUE_PS")), make_when())
    assert read_standing(con, lid) == (True, Standing.REQUESTED)


def test_while_two_versions_wait_for_a_choice_what_either_hides_is_hidden(con: Connection) -> None:
    lid = open_conflict(con)
    assert read_standing(con, lid) == (True, Standing.UNDECIDED)
    hide(con, lid, hidden=False)
    assert read_standing(con, lid) == (True, Standing.UNDECIDED)
    mine = get_conflict(con, lid).mine
    assert mine
    resolve_conflict(con, lid, write(mine), make_when())
    assert read_standing(con, lid) == (False, Standing.REQUESTED)


def test_no_server_settles_a_choice_to_hide_by_showing(con: Connection) -> None:
    lid = receive(con, "1", make_document("Bilan", "N"))
    hide(con, lid)
    receive(con, "2", make_document("Bilan sanguin", "N"))
    assert read_standing(con, lid) == (True, Standing.REQUESTED)
    assert get_record(con, lid).row.title == "Bilan sanguin"


def test_what_is_no_document_is_not_hidden(con: Connection) -> None:
    other = save_one(con, ME, make_incoming("a1", resource_type="AllergyIntolerance", kind=Kind.ALLERGIES))
    for lid in (other, "unknown"):
        assert find_hidden(con, [lid]) == {}
        with pytest.raises(Rejected) as refused:
            read_standing(con, lid)
        assert refused.value.reason is Reason.UNKNOWN_RECORD


def test_z3_what_is_withheld_is_neither_listed_nor_counted(con: Connection) -> None:
    lid = receive(con, "1", make_document("Bilan", "MASQUE_PS"))
    assert list_visible(con, ME, hidden=True) == [lid]
    assert count_hidden(con, ME) == (1, 1, 0)
    receive(con, "2", make_document("Bilan", "MASQUE_PS", "INVISIBLE_PATIENT"))
    assert list_visible(con, ME, hidden=True) == []
    assert count_hidden(con, ME) == (0, 0, 0)
    assert find_hidden(con, [lid]) == {}


def test_documents_are_counted_by_person_with_what_waits(con: Connection) -> None:
    lid = receive(con, "1", make_document("Bilan", "N"))
    receive(con, "1", make_document("Vaccin", "N"), CHILD.pid)
    hide(con, lid)
    assert (count_hidden(con, ME), count_hidden(con, CHILD.pid)) == ((1, 1, 1), (1, 0, 0))


def test_each_person_has_their_own_choice_for_what_is_new(con: Connection) -> None:
    choose_new(con, ME, hidden=True)
    choose_new(con, ME, hidden=True)
    assert (hides_new(con, ME), hides_new(con, CHILD.pid)) == (True, False)
    choose_new(con, ME, hidden=False)
    assert not hides_new(con, ME)
