"""The records linked to one, found from both ends."""

from mes_app.domain.record import Kind, Source
from mes_app.store.database import Connection
from mes_app.store.edits import create_record, delete_record
from mes_app.store.links import Wanted, list_addresses, list_ahead, list_behind, list_candidates, list_rows
from mes_app.store.records import get_record
from mes_app.store.versions import Written
from tests.store.samples import CHILD, ME, make_body, make_overview, make_version, make_when, save_one

DOCUMENTS = Wanted(Kind.DOCUMENTS, ("DocumentReference",), own=False)


def link(con: Connection, title: str, *addresses: str, profile: str = ME, source: Source = Source.SELF) -> str:
    linked = f"[{', '.join(map(quote, addresses))}]" if addresses else ""
    overview = make_overview(title=title, search=title.lower(), linked=linked, source=source)
    return create_record(con, profile, Written("DocumentReference", make_body(title), overview), make_when())


def quote(address: str) -> str:
    return f'"{address}"'


def list_titles(con: Connection, record_id: str) -> tuple[list[str], list[str]]:
    row = get_record(con, record_id).row
    return [one.title for one in list_ahead(con, row)], [one.title for one in list_behind(con, row)]


def test_a_record_is_found_under_the_name_the_server_gave_it_and_under_ours(con: Connection) -> None:
    known = save_one(con, ME, make_version("1", "Connu", rid="d9"))
    new = link(con, "Nouveau")
    both = link(con, "Relié", f"urn:uuid:{new}", "DocumentReference/d9", "DocumentReference/gone")
    assert list_addresses(con, known) == ["DocumentReference/d9", f"urn:uuid:{known}"]
    assert list_addresses(con, new) == [f"urn:uuid:{new}"]
    assert list_titles(con, both) == (["Nouveau", "Connu"], [])
    assert list_titles(con, known) == list_titles(con, new) == ([], ["Relié"])


def test_neither_what_is_deleted_nor_what_is_of_somebody_else_is_linked(con: Connection) -> None:
    new = link(con, "Nouveau")
    said = link(con, "Relié", f"urn:uuid:{new}")
    theirs = link(con, "À Léo", f"urn:uuid:{new}", profile=CHILD.pid)
    assert list_titles(con, theirs) == ([], [])
    assert list_titles(con, new) == ([], ["Relié"])
    delete_record(con, said, make_when())
    assert list_titles(con, new) == ([], [])


def test_records_are_found_by_our_ids_of_them_but_those_of_somebody_else_and_what_is_gone(con: Connection) -> None:
    first, second, gone = link(con, "Un"), link(con, "Deux"), link(con, "Parti")
    theirs = link(con, "À Léo", profile=CHILD.pid)
    delete_record(con, gone, make_when())
    assert [row.title for row in list_rows(con, ME, [second, theirs, gone, "none", first])] == ["Deux", "Un"]


def test_candidates_are_of_one_person_of_the_types_wanted_and_hold_every_word(con: Connection) -> None:
    own, other = link(con, "Bilan de sang"), link(con, "Bilan de vue", source=Source.PROFESSIONAL)
    link(con, "Bilan de sang", profile=CHILD.pid)
    assert {row.id for row in list_candidates(con, ME, [DOCUMENTS], [])} == {own, other}
    assert [row.id for row in list_candidates(con, ME, [DOCUMENTS], [], "BILAN sang")] == [own]
    assert [row.id for row in list_candidates(con, ME, [DOCUMENTS], [own])] == [other]
    wanted = Wanted(Kind.DOCUMENTS, ("DocumentReference",), own=True)
    assert [row.id for row in list_candidates(con, ME, [wanted], [])] == [own]
    assert list_candidates(con, ME, [Wanted(Kind.DOCUMENTS, ("Condition",), own=False)], []) == []
    assert list_candidates(con, ME, [], []) == []
