"""L6: the records of another profile change no answer, and no change reaches them.

The functions are found by looking at the store, so that a new one cannot be forgotten: one whose parameters this test
does not know fails it.
"""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mes_app.store
from mes_app.domain.document_filters import DocumentFilter, Order
from mes_app.domain.documents import Category
from mes_app.domain.folders import Arrangement
from mes_app.domain.record import Kind
from mes_app.domain.searching import parse_query
from mes_app.errors import Rejected
from mes_app.store import journal, pages
from mes_app.store.cursors import Cursor, save_cursor
from mes_app.store.database import Connection
from mes_app.store.drafts import save_draft
from mes_app.store.edits import create_record
from mes_app.store.folders import arrange_records
from mes_app.store.links import Wanted
from mes_app.store.outbox import drop_changes, list_due
from mes_app.store.rebases import Merged
from mes_app.store.reconciliations import Census
from mes_app.store.records import list_rows
from mes_app.store.search import index_names
from tests.store.samples import (
    CHILD,
    PARENT,
    add_conflict,
    make_body,
    make_incoming,
    make_overview,
    make_when,
    make_written,
    open_store,
)

KINDS = (Kind.DOCUMENTS, Kind.CONDITIONS)
TYPES = ("DocumentReference", "Condition")
DATES = ("", "2023", "2024-01", "2024-06-01T00:00:00Z", "2025")
FOLDER = "Genou"
RIDS = ("d0", "d1", "d2", "none")


def take_theirs(_type: str, _base: bytes | None, _mine: bytes | None, theirs: bytes | None) -> Merged:
    return Merged(theirs, make_overview() if theirs is not None else None, clash=False)


def ask(_type: str, _base: bytes | None, _mine: bytes | None, theirs: bytes | None) -> Merged:
    return Merged(theirs, None, clash=True)


PARAMETERS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(Kind),
    "category": st.sampled_from(("", "BIOLOGIE", "CPT_REND")),
    "chosen": st.builds(DocumentFilter, category=st.sampled_from((None, *Category)), order=st.sampled_from(Order)),
    "folder": st.sampled_from(("", FOLDER)),
    "name": st.sampled_from((FOLDER, "none")),
    "former": st.sampled_from((FOLDER, "none")),
    "typed": st.uuids().map(str),
    "hidden": st.booleans(),
    "among": st.just("kind <> ?"),
    "values": st.sampled_from(((Kind.OTHER,), (Kind.CONDITIONS,))),
    "terms": st.sampled_from(tuple(map(parse_query, ("compte", "rendu child", "autre")))),
    "text": st.sampled_from(("", "compte", "autre")),
    "status": st.sampled_from(("", "current", "superseded")),
    "unread": st.booleans(),
    "from_date": st.sampled_from(DATES),
    "since": st.sampled_from(DATES),
    "before_date": st.sampled_from(DATES),
    "after": st.none(),
    "limit": st.integers(1, 12),
    "oldest_first": st.booleans(),
    "resource_type": st.sampled_from(TYPES),
    "rid": st.sampled_from(RIDS),
    "ver": st.sampled_from("123"),
    "wanted": st.lists(st.builds(Wanted, st.sampled_from(KINDS), st.just(TYPES), st.booleans()), max_size=2),
    "without": st.just(()),
    "refs": st.lists(st.tuples(st.sampled_from(TYPES), st.sampled_from(RIDS))),
    "page": st.lists(st.builds(make_incoming, rid=st.sampled_from(RIDS), ver=st.sampled_from("123"))),
    "unread_since": st.sampled_from(DATES),
    "cursor": st.builds(Cursor, high=st.text(max_size=3)),
    "merge": st.sampled_from((take_theirs, ask)),
    "written": st.builds(make_written, title=st.sampled_from(("un", "deux"))),
    "when": st.builds(make_when),
    "record_id": st.just(""),
    "record_ids": st.just(()),
    "key": st.just(0),
    "packed": st.none(),
    "default": st.none(),
    "value": st.booleans(),
    "now": st.floats(0, 10),
    "form": st.sampled_from(("allergies", "vaccines")),
    "body": st.text(max_size=3),
    "word": st.just("change"),
    "at": st.just(make_when().at),
    "rids": st.sets(st.sampled_from(RIDS)),
    "census": st.builds(Census, runs=st.integers(0, 3)),
    "act": st.builds(journal.Act, at=st.just("2024"), actor=st.just("a"), act=st.just("read")),
}


def find_functions() -> Iterator[Callable[..., Any]]:
    """The public functions of the store whose parameters begin with ``con`` and ``profile``, a pid."""
    for module in pkgutil.iter_modules(mes_app.store.__path__, "mes_app.store."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            parameters = [(each.name, each.annotation) for each in inspect.signature(function).parameters.values()]
            own = function.__module__ == module.name and not name.startswith("_")
            if own and parameters[:2] == [("con", Connection), ("profile", str)]:
                yield function


VERBS = ("save", "choose", "add", "put", "rename", "remove", "delete", "create", "drop", "note", "forget")
FUNCTIONS = list(find_functions())
CHANGES = [function for function in FUNCTIONS if function.__name__.split("_")[0] in VERBS]
QUERIES = [function for function in FUNCTIONS if function not in CHANGES]
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fill(con: Connection, profile: str, mark: str) -> None:
    """Some of everything, under ids and names that the two profiles have in common."""
    page = [
        make_incoming(f"d{number}", title=f"Compte rendu {mark}", date_key=date, body=make_body(mark))
        for number, date in enumerate(DATES[1:4])
    ]
    conditions = [make_incoming("d0", resource_type="Condition", kind=Kind.CONDITIONS, title=mark)]
    con.run_change(lambda: pages.save_page(con, profile, page + conditions, merge=ask))
    save_cursor(con, profile, "Condition", Cursor(high=mark))
    journal.add_act(con, profile, journal.Act("2024", mark, "read"))
    for (lid,) in con.execute("SELECT lid FROM res WHERE profile = ?", (profile,)).fetchall():
        add_conflict(con, lid)
        arrange_records(con, {lid: Arrangement(FOLDER, pinned=True)})
    create_record(con, profile, make_written(mark), make_when())
    create_record(con, profile, make_written("refused"), make_when())
    drop_changes(con, list_due(con, profile, 0)[-1].lid, make_when())
    save_draft(con, profile, "allergies", mark)
    index_names(con)


@pytest.fixture
def alone(con: Connection) -> Connection:
    """A store where only the parent has records."""
    fill(con, PARENT.pid, "parent")
    return con


@pytest.fixture
def together(alone: Connection, family_store: Path) -> Iterator[Connection]:
    """The same store, where the child has as many."""
    alone.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    con = open_store(Path(shutil.copy(family_store, family_store.with_name("together.db"))))
    fill(con, CHILD.pid, "child")
    yield con
    con.close()


def draw_arguments(data: st.DataObject, function: Callable[..., Any]) -> dict[str, Any]:
    names = list(inspect.signature(function).parameters)[2:]
    return {name: data.draw(PARAMETERS[name], label=name) for name in names}


def dump(con: Connection, profile: str) -> list[list[Any]]:
    """All that the store holds of a profile."""
    own = [con.execute(f"SELECT * FROM {table} WHERE profile = ?", (profile,)).fetchall() for table in OWN]  # noqa: S608
    hung = "SELECT {0}.* FROM res JOIN {0} USING (lid) WHERE profile = ?"
    return [*own, *(con.execute(hung.format(table), (profile,)).fetchall() for table in HUNG)]


HUNG = ("body", "outbox", "conflict")
OWN = ("res", "cursor", "tomb", "journal", "draft", "kept", "folder", "profile_preference", "repeat_due")


def test_l6_the_functions_about_a_profile_are_found() -> None:
    assert list_rows in QUERIES
    assert pages.save_page in CHANGES


@pytest.mark.parametrize("query", QUERIES, ids=lambda function: function.__name__)
@QUICK
@given(data=st.data())
def test_l6_the_records_of_another_change_no_answer(
    alone: Connection, together: Connection, query: Callable[..., Any], data: st.DataObject
) -> None:
    arguments = draw_arguments(data, query)
    assert query(together, PARENT.pid, **arguments) == query(alone, PARENT.pid, **arguments)


@pytest.mark.parametrize("change", CHANGES, ids=lambda function: function.__name__)
@QUICK
@given(data=st.data())
def test_l6_a_change_leaves_the_records_of_another_as_they_were(
    together: Connection, change: Callable[..., Any], data: st.DataObject
) -> None:
    before = dump(together, CHILD.pid)
    arguments = draw_arguments(data, change)
    with suppress(Rejected):  # a change that is refused reaches nobody either
        together.run_change(lambda: change(together, PARENT.pid, **arguments))
    assert dump(together, CHILD.pid) == before


def test_l6_pages_after_a_row_stay_within_the_profile(alone: Connection, together: Connection) -> None:
    for after in list_rows(together, CHILD.pid, Kind.DOCUMENTS):
        assert list_rows(together, PARENT.pid, Kind.DOCUMENTS, after=after) == list_rows(
            alone, PARENT.pid, Kind.DOCUMENTS, after=after
        )
