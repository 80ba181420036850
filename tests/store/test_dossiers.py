from pathlib import Path

from mes_app.domain.record import ContentState, Kind
from mes_app.store.contents import set_content_state
from mes_app.store.dossiers import Extent, list_dossier, measure_dossier, read_bodies
from mes_app.store.edits import change_record, delete_record
from mes_app.store.records import list_rows
from tests.store.samples import (
    CHILD,
    ME,
    make_family_store,
    make_incoming,
    make_version,
    make_when,
    make_written,
    save_page,
)


def test_all_that_may_be_seen_is_listed_whatever_its_kind_and_nothing_else(tmp_path: Path) -> None:
    con = make_family_store(tmp_path / "vault.db")
    save_page(con, ME, [make_incoming("d1", size=10), make_incoming("d2", size=20), make_incoming("d3", withheld=True)])
    save_page(con, ME, [make_incoming("a1", resource_type="AllergyIntolerance", kind=Kind.ALLERGIES)])
    save_page(con, CHILD.pid, [make_incoming("d4")])
    assert sorted(row.kind for row in list_dossier(con, ME)) == [Kind.ALLERGIES, Kind.DOCUMENTS, Kind.DOCUMENTS]
    assert measure_dossier(con, ME) == Extent(documents=2, size=30, away=2)
    gone = list_rows(con, ME, Kind.DOCUMENTS)[0]
    delete_record(con, gone.id, make_when())
    assert gone.id not in [row.id for row in list_dossier(con, ME)]
    assert measure_dossier(con, ME).documents == 1
    assert read_bodies(con, ME, [gone.id]) == []


def test_a_document_that_has_no_content_is_not_away(tmp_path: Path) -> None:
    con = make_family_store(tmp_path / "vault.db")
    save_page(con, ME, [make_incoming("d1")])
    set_content_state(con, list_dossier(con, ME)[0].id, ContentState.NONE)
    assert measure_dossier(con, ME) == Extent(documents=1, size=0, away=0)
    assert measure_dossier(con, CHILD.pid) == Extent(documents=0, size=0, away=0)


def test_a_body_is_as_last_written_here_else_as_the_server_has_it(tmp_path: Path) -> None:
    con = make_family_store(tmp_path / "vault.db")
    save_page(con, ME, [make_version("1"), make_version("1", rid="d2")])
    first, second = list_dossier(con, ME)
    change_record(con, first.id, make_written("Autre"), make_when())
    bodies = dict(read_bodies(con, ME, [second.id, first.id, "gone"]))
    assert list(bodies) == [second.id, first.id]
    assert bodies[first.id] == make_written("Autre").body
    assert bodies[second.id] == make_version("1").body


def test_l6_a_body_is_read_for_its_own_profile_only(tmp_path: Path) -> None:
    con = make_family_store(tmp_path / "vault.db")
    save_page(con, ME, [make_incoming("d1")])
    assert read_bodies(con, CHILD.pid, [list_dossier(con, ME)[0].id]) == []
