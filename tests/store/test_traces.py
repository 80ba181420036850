"""The words of what is gone leave the index for good, step by step."""

from collections.abc import Callable

import pytest

from mes_app.store.database import Connection
from mes_app.store.profiles import purge_profile
from mes_app.store.records import remove_records
from mes_app.store.rights import revoke_profile
from mes_app.store.search import Unread, index_names, pack_words, save_words
from mes_app.store.traces import count_gone, forget_gone, merge_words, note_gone
from tests.store.samples import ME, make_incoming, save_one, save_page
from tests.store.samples import merge_words as merge_bodies

CANARY = b"ocardite"
"""Of « myocardite », whose beginning the index may share with its neighbours."""


def withhold(con: Connection) -> None:
    save_page(con, ME, [make_incoming("d1", "2", "2024-06-02T00:00:00Z", withheld=True)])


def remove(con: Connection) -> None:
    remove_records(con, ME, [("DocumentReference", "d1")], merge=merge_bodies)


def purge(con: Connection) -> None:
    purge_profile(con, ME)


def revoke(con: Connection) -> None:
    revoke_profile(con, ME)


def save_document(con: Connection, rid: str, text: str) -> None:
    record_id = save_one(con, ME, make_incoming(rid))
    index_names(con)
    save_words(con, [(Unread(record_id, None), pack_words(text))])


def read_index(con: Connection) -> bytes:
    """What the segments of the index hold, whatever they are asked."""
    return b"".join(block for (block,) in con.execute("SELECT block FROM words_data"))


def merge_all(con: Connection) -> int:
    """In how many steps."""
    steps = 1
    while merge_words(con, afresh=steps == 1):
        steps += 1
    return steps


@pytest.mark.parametrize("go", [withhold, remove, purge, revoke])
def test_what_goes_is_noted_and_merged_out_of_the_index(con: Connection, go: Callable[[Connection], None]) -> None:
    save_document(con, "d1", "une myocardite")
    for number in range(2, 9):
        save_document(con, f"d{number}", f"metformine numero{number}")
    assert count_gone(con) == 0
    go(con)
    assert count_gone(con) > 0
    assert CANARY in read_index(con)
    merge_all(con)
    assert CANARY not in read_index(con)


def test_a_large_index_is_merged_a_little_at_a_time(con: Connection) -> None:
    for number in range(12):
        save_document(con, f"d{number}", " ".join(f"mot{number}x{each}" for each in range(9_000)))
    assert merge_all(con) > 2
    assert merge_all(con) == 1


def test_what_goes_meanwhile_is_not_forgotten(con: Connection) -> None:
    note_gone(con)
    noted = count_gone(con)
    note_gone(con)
    forget_gone(con, noted)
    assert count_gone(con) == 2
    forget_gone(con, 2)
    assert count_gone(con) == 0


def test_what_is_no_document_leaves_no_words(con: Connection) -> None:
    save_page(con, ME, [make_incoming("c1", resource_type="Condition", kind="conditions")])
    remove_records(con, ME, [("Condition", "c1")], merge=merge_bodies)
    assert count_gone(con) == 0
