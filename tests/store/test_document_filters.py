"""Documents by filter and order, page by page."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from mes_app.domain.document_filters import DocumentFilter, Order
from mes_app.domain.documents import Category
from mes_app.domain.folders import Arrangement
from mes_app.domain.folding import fold
from mes_app.domain.record import Kind, Row, Source
from mes_app.domain.values import PartialDate
from mes_app.store.database import Connection
from mes_app.store.document_filters import count_by_author, count_documents, list_documents, list_ids
from mes_app.store.folders import arrange_records
from mes_app.store.records import find_record, mark_read
from tests.store.samples import CHILD, ME, make_incoming, save_page

AUTHORS = ("Dr Zoé Abel", "Dr Élodie Roux", "dr andré petit", "")


def make(number: int, **told: Any) -> Any:
    title, author = told.pop("title", f"Bilan {number}"), told.pop("subtitle", "")
    day = told.pop("day", f"2025-0{1 + number % 9}-15")
    key = PartialDate(text=day).key if day else ""
    names = {"title": title, "subtitle": author, "search": fold(f"{title} {author}")}
    return make_incoming(f"d{number}", date_text=day, date_key=key, **names, **told)


def list_titles(con: Connection, **chosen: Any) -> list[str]:
    filter_ = DocumentFilter(**chosen)
    titles = [row.title for row in list_documents(con, ME, filter_)]
    assert count_documents(con, ME, filter_) == len(titles)
    return titles


def read_pages(con: Connection, order: Order, limit: int) -> Iterator[Row]:
    after: Row | None = None
    while page := list_documents(con, ME, DocumentFilter(order=order), after=after, limit=limit):
        yield from page
        after = page[-1]


@pytest.fixture
def shelf(con: Connection) -> Connection:
    """Forty documents of several authors, many of them alike in date, title or author."""
    told = list(product(AUTHORS, ("Été", "écho", "Bilan", "analyse", "Zona"), (3, 7)))
    items = [
        make(number, title=title, subtitle=author, day=f"2025-0{month}-01")
        for number, (author, title, month) in enumerate(told)
    ]
    save_page(con, ME, items)
    save_page(con, CHILD.pid, [make(99, title="Celui de Léo")])
    return con


@pytest.mark.parametrize("limit", [1, 7, 40])
@pytest.mark.parametrize("order", list(Order))
def test_in_every_order_pages_leave_no_gap_and_repeat_nothing(shelf: Connection, order: Order, limit: int) -> None:
    whole = list_documents(shelf, ME, DocumentFilter(order=order), limit=100)
    assert len({row.id for row in whole}) == len(whole) == 40
    assert list(read_pages(shelf, order, limit)) == whole


def test_titles_and_authors_follow_the_alphabet_whatever_their_accents(shelf: Connection) -> None:
    by_title = [row.title for row in list_documents(shelf, ME, DocumentFilter(order=Order.TITLE), limit=100)]
    assert list(dict.fromkeys(by_title)) == ["analyse", "Bilan", "écho", "Été", "Zona"]
    by_author = list_documents(shelf, ME, DocumentFilter(order=Order.AUTHOR), limit=100)
    assert list(dict.fromkeys(row.subtitle for row in by_author)) == [
        "dr andré petit", "Dr Élodie Roux", "Dr Zoé Abel", "",
    ]  # fmt: skip
    assert [row.date_text[:7] for row in by_author[:10]] == ["2025-07"] * 5 + ["2025-03"] * 5


def test_a_page_goes_on_where_its_author_was_though_they_are_gone(shelf: Connection) -> None:
    first = list_documents(shelf, ME, DocumentFilter(order=Order.AUTHOR), limit=20)
    shelf.execute("DELETE FROM res WHERE subtitle = 'Dr Élodie Roux'")
    left = list_documents(shelf, ME, DocumentFilter(order=Order.AUTHOR), after=first[-1], limit=100)
    assert [row.subtitle for row in left] == ["Dr Zoé Abel"] * 10 + [""] * 10


def test_each_choice_leaves_what_answers_it(con: Connection) -> None:
    save_page(
        con,
        ME,
        [
            make(1, title="Ordonnance", category=Category.PRESCRIPTIONS, subtitle="Dr Roux", day="2024-12-31"),
            make(2, title="Bilan", category=Category.LABORATORY, source=Source.PROFESSIONAL, day="2025-01-01"),
            make(3, title="Notes", source=Source.SELF, hidden=True, day="2025-06"),
            make(4, title="Sans date", day=""),
        ],
    )
    assert list_titles(con) == ["Notes", "Bilan", "Ordonnance", "Sans date"]
    assert list_titles(con, category=Category.LABORATORY) == ["Bilan"]
    assert list_titles(con, author="Dr Roux") == ["Ordonnance"]
    assert list_titles(con, source=Source.SELF) == ["Notes"]
    assert list_titles(con, hidden=True) == ["Notes"]
    assert list_titles(con, hidden=False, order=Order.OLDEST) == ["Sans date", "Ordonnance", "Bilan"]
    assert list_titles(con, since=PartialDate(text="2025")) == ["Notes", "Bilan"]
    assert list_titles(con, until=PartialDate(text="2024")) == ["Ordonnance"]
    assert list_titles(con, since=PartialDate(text="2025-01"), until=PartialDate(text="2025-01-01")) == ["Bilan"]
    assert list_titles(con, since=PartialDate(text="2025"), hidden=True, source=Source.PROFESSIONAL) == []


def test_what_was_opened_is_no_longer_among_the_unread(con: Connection) -> None:
    save_page(con, ME, [make(1, title="Lu"), make(2, title="Non lu")])
    read = next(row for row in list_documents(con, ME, DocumentFilter(unread=True)) if row.title == "Lu")
    mark_read(con, read.id)
    assert list_titles(con, unread=True) == ["Non lu"]


def test_z3_what_is_withheld_is_in_no_filter_no_order_and_no_count(con: Connection) -> None:
    save_page(con, ME, [make(1, title="Secret", subtitle="Dr Roux", withheld=True), make(2, title="Bilan")])
    for order in Order:
        assert list_titles(con, order=order) == ["Bilan"]
    assert count_by_author(con, ME) == {}


def test_authors_are_counted_the_most_frequent_first_and_no_other_kind(shelf: Connection) -> None:
    save_page(shelf, ME, [make(50, subtitle="Dr Zoé Abel"), make(51, subtitle="X", kind=Kind.ALLERGIES)])
    assert count_by_author(shelf, ME) == {"Dr Zoé Abel": 11, "Dr Élodie Roux": 10, "dr andré petit": 10}


def pin(con: Connection, *numbers: int) -> None:
    found = [find_record(con, ME, "DocumentReference", f"d{number}") for number in numbers]
    arrange_records(con, {stored.row.id: Arrangement(pinned=True) for stored in found if stored})


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("pinned", [0, 1, 3, 40])
def test_those_that_are_pinned_come_first_page_by_page(shelf: Connection, pinned: int, limit: int) -> None:
    pin(shelf, *range(pinned))
    whole = list_documents(shelf, ME, DocumentFilter(), limit=100)
    assert [row.pinned for row in whole] == [True] * pinned + [False] * (40 - pinned)
    for part in (whole[:pinned], whole[pinned:]):
        assert part == sorted(part, key=lambda row: (row.date_key, row.id), reverse=True)
    assert list(read_pages(shelf, Order.NEWEST, limit)) == whole


@pytest.mark.parametrize("order", [Order.OLDEST, Order.TITLE, Order.AUTHOR])
def test_in_another_order_those_that_are_pinned_keep_their_place(shelf: Connection, order: Order) -> None:
    before = [row.id for row in list_documents(shelf, ME, DocumentFilter(order=order), limit=100)]
    pin(shelf, 5, 20)
    assert [row.id for row in list_documents(shelf, ME, DocumentFilter(order=order), limit=100)] == before


def test_a_folder_leaves_what_is_in_it_and_no_folder_leaves_all(shelf: Connection) -> None:
    first, second, *_ = list_documents(shelf, ME, DocumentFilter())
    arrange_records(shelf, {first.id: Arrangement("Été"), second.id: Arrangement("Été")})
    found = list_documents(shelf, ME, DocumentFilter(folder="Été"))
    assert [row.id for row in found] == [first.id, second.id]
    assert sorted(list_ids(shelf, ME, DocumentFilter(folder="Été"))) == sorted([first.id, second.id])
    assert list_documents(shelf, ME, DocumentFilter(folder="Autre")) == []
    assert len(list_ids(shelf, ME, DocumentFilter())) == 40


@pytest.mark.parametrize("chosen", [DocumentFilter(), DocumentFilter(folder="Été")])
def test_pins_and_folders_are_read_from_an_index_in_its_order(shelf: Connection, chosen: DocumentFilter) -> None:
    asked: list[str] = []
    shelf.driver_connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
    list_documents(shelf, ME, chosen, limit=5)
    shelf.driver_connection.set_trace_callback(None)  # type: ignore[attr-defined]
    plans = [str(shelf.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()) for sql in asked]
    assert len(plans) == 2
    assert "res_pinned" in plans[0]
    assert ("res_by_folder" if chosen.folder else "res_by_date") in plans[1]
    assert not any("TEMP B-TREE" in plan or "SCAN" in plan for plan in plans)
