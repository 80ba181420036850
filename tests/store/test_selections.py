"""Counting what was chosen."""

from mes_app.domain.folders import Arrangement
from mes_app.domain.record import Source
from mes_app.store.database import Connection
from mes_app.store.edits import delete_record
from mes_app.store.folders import arrange_records
from mes_app.store.selections import Share, count_by_source
from tests.store.samples import CHILD, ME, make_incoming, make_when, save_one


def test_what_was_chosen_is_counted_by_who_added_it(con: Connection) -> None:
    mine = save_one(con, ME, make_incoming("d1", source=Source.SELF, hidden=True))
    pinned = save_one(con, ME, make_incoming("d2", source=Source.PROFESSIONAL))
    other = save_one(con, CHILD.pid, make_incoming("d3", source=Source.PROFESSIONAL, hidden=True))
    arrange_records(con, {pinned: Arrangement(pinned=True)})
    assert count_by_source(con, [mine, pinned, other, "none"]) == {
        Source.SELF: Share(1, 1, 0),
        Source.PROFESSIONAL: Share(2, 1, 1),
    }


def test_what_is_gone_or_no_document_counts_for_nothing(con: Connection) -> None:
    gone = save_one(con, ME, make_incoming("d1"))
    allergy = save_one(con, ME, make_incoming("a1", resource_type="AllergyIntolerance", kind="allergies"))
    delete_record(con, gone, make_when())
    assert count_by_source(con, [gone, allergy]) == {}
