"""The sixth schema, reached from the fifth, and a store that was made with it."""

import shutil
from pathlib import Path

from mes_app.domain.searching import parse_query
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS
from mes_app.store.search import Unread, find_documents, index_names, list_unread
from tests.store.samples import CHILD, PARENT, open_store

OLD = Path(__file__).parents[1] / "old"
STORED = OLD / "v0006.db"
"""Written by version 6 with the key of the samples: of the parent one document whose content was read, of the child one
whose content is here and was not."""


def test_the_documents_of_the_fifth_version_are_to_be_read_and_found_by_title(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(OLD / "v0004.db", tmp_path / "store.db")))
    index_names(con)
    assert [found.row.title for found in find_documents(con, PARENT.pid, parse_query("ouv"))] == ["Ouvert"]
    assert len(list_unread(con, 10)) == 3
    con.close()


def test_a_store_made_with_version_6_opens_with_all_it_held(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    (found,) = find_documents(con, PARENT.pid, parse_query("metf"))
    assert (found.row.title, found.text) == ("Lu", "Metformine")
    (waiting,) = find_documents(con, CHILD.pid, parse_query("attend"))
    assert list_unread(con, 10) == [Unread(waiting.row.id, b"digest")]
    con.close()
