"""Records found by the words of their overview."""

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.searching import parse_query
from mes_app.store.database import Connection
from mes_app.store.edits import delete_record
from mes_app.store.finding import find_rows, mark_values
from tests.store.samples import CHILD, ME, make_incoming, make_when, save_one, save_page


def find(con: Connection, typed: str, *, profile: str = ME, limit: int = 60) -> list[str]:
    terms = parse_query(typed)
    return [row.title for row in find_rows(con, profile, terms, "kind = ?", (Kind.DOCUMENTS,), limit=limit)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oedeme", True),
        ("ŒDÈME", True),
        ("coeur œdème", True),
        ("coe oed", True),
        ("œdèmes du cœur", True),
        ("l'œdème", True),
        ("oedeme genou", False),
        ("deme", False),
        ("oeur", False),
        ("100%", False),
    ],
)
def test_every_word_typed_begins_one_however_it_is_written(con: Connection, typed: str, found: bool) -> None:
    save_page(con, ME, [make_incoming(title="Œdème du cœur", search="oedeme du coeur")])
    assert bool(find(con, typed)) is found


def test_the_newest_of_one_person_and_of_what_is_asked_are_found_first(con: Connection) -> None:
    for year in ("2021", "2023", "2022"):
        save_one(con, ME, make_incoming(year, title=year, search="bilan", date_key=year))
    save_one(con, CHILD.pid, make_incoming("c", title="autre", search="bilan"))
    save_one(con, ME, make_incoming("k", title="autre", search="bilan", kind=Kind.CONDITIONS))
    assert find(con, "bilan") == ["2023", "2022", "2021"]
    assert find(con, "bilan", limit=2) == ["2023", "2022"]
    assert find(con, "") == ["2023", "2022", "2021"]


def test_what_is_withheld_deleted_or_behind_another_is_never_found(con: Connection) -> None:
    lids = [save_one(con, ME, make_incoming(rid, title=rid, search="bilan")) for rid in ("gone", "behind", "secret")]
    delete_record(con, lids[0], make_when())
    con.execute("UPDATE res SET behind = 1 WHERE lid = ?", (lids[1],))
    save_page(con, ME, [make_incoming("secret", "2", title="", search="bilan", withheld=True)])
    assert find(con, "bilan") == []


def test_the_values_of_a_condition_have_as_many_places() -> None:
    assert mark_values("abc") == "?, ?, ?"
