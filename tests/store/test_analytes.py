"""Results that documents hold as data: kept with what the document is searched by, and gone with it."""

import hashlib
from decimal import Decimal

from mes_app.domain.laboratory import Analyte, Range
from mes_app.domain.record import Change, Kind
from mes_app.domain.values import PartialDate, Quantity
from mes_app.store.analytes import list_document_analytes, pack_analytes
from mes_app.store.database import Connection
from mes_app.store.edits import delete_record, restore_record
from mes_app.store.folds import settle_folds
from mes_app.store.places import Place, save_place
from mes_app.store.search import Unread, pack_words, save_words
from tests.store.samples import CHILD, ME, make_incoming, make_when, save_one, save_page

MEASURED = Analyte(
    name="Glycémie à jeun",
    code="14771-0",
    group="Biochimie",
    value=Quantity(value=Decimal("1.20"), unit="g/L"),
    usual=Range(low=Decimal("0.70"), high=Decimal("1.10"), unit="g/L"),
    stated="H",
    date=PartialDate(text="2026-11-03T07:30:00+01:00"),
)
TOLD = Analyte(name="Toxoplasmose", answer="< 0,5 UI/mL", usual=Range(text="négatif"))


def save_report(con: Connection, rid: str, *analytes: Analyte, day: str = "2026-11-03", replaces: str = "") -> str:
    """A document of the parent whose content was read and holds ``analytes``; its id."""
    record_id = save_one(con, ME, make_incoming(rid, date_key=day, replaces=replaces))
    read(con, record_id, rid, *analytes)
    return record_id


def read(con: Connection, record_id: str, content: str, *analytes: Analyte) -> None:
    digest = hashlib.sha256(content.encode()).digest()
    save_place(con, record_id, Place(content, b"key"), 1, digest)
    save_words(con, [(Unread(record_id, digest), pack_words(content, analytes))])


def count_kept(con: Connection) -> int:
    (count,) = con.execute("SELECT count(*) FROM searched_analytes").fetchone()
    return int(count)


def test_results_are_kept_whole_and_listed_the_newest_documents_first(con: Connection) -> None:
    save_report(con, "d1", TOLD, day="2025-01-01")
    save_report(con, "d2", MEASURED)
    save_report(con, "d3")
    assert list_document_analytes(con, ME) == [MEASURED, TOLD]
    assert list_document_analytes(con, ME, limit=1) == [MEASURED]
    assert pack_analytes(()) is None


def test_another_person_has_none_of_them(con: Connection) -> None:
    save_report(con, "d1", MEASURED)
    assert list_document_analytes(con, CHILD.pid) == []


def test_a_new_content_takes_the_place_of_the_former_one_and_the_results_are_said_to_have_changed(
    con: Connection,
) -> None:
    record_id = save_report(con, "d1", MEASURED)

    def follow(content: str, *analytes: Analyte) -> bool:
        _, touched = con.run_change(lambda: read(con, record_id, content, *analytes))
        return Change(ME, Kind.RESULTS) in touched

    assert not follow("as before", MEASURED)
    assert follow("otherwise", TOLD)
    assert list_document_analytes(con, ME) == [TOLD]
    assert follow("none any more")
    assert list_document_analytes(con, ME) == []


def test_z3_a_withheld_document_contributes_nothing_and_nothing_of_it_stays(con: Connection) -> None:
    save_report(con, "d1", MEASURED)
    save_page(con, ME, [make_incoming("d1", "2", "2026-11-04T00:00:00Z", withheld=True)])
    assert list_document_analytes(con, ME) == []
    assert count_kept(con) == 0


def test_a_deleted_document_contributes_nothing_until_it_is_back_and_read_again(con: Connection) -> None:
    record_id = save_report(con, "d1", MEASURED)
    stored = delete_record(con, record_id, make_when())
    assert (list_document_analytes(con, ME), count_kept(con)) == ([], 0)
    restore_record(con, stored, make_when())
    read(con, record_id, "d1", MEASURED)
    assert list_document_analytes(con, ME) == [MEASURED]


def test_z11_a_version_that_another_stands_for_contributes_nothing(con: Connection) -> None:
    save_report(con, "d1", MEASURED)
    save_report(con, "d2", TOLD, replaces='["DocumentReference/d1"]')
    settle_folds(con)
    assert list_document_analytes(con, ME) == [TOLD]
