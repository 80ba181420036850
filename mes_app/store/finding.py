"""Finding records by the words of their overview: what is withheld has none, and of what may be listed no more is read.

Words are compared here and kept nowhere: there is no index that would have to forget them.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from os.path import commonprefix

from mes_app.domain.folding import fold
from mes_app.domain.record import Row
from mes_app.domain.searching import Term, holds_all
from mes_app.store.database import Connection
from mes_app.store.rows import SELECTED_ROW, SHOWN, make_row

_SAYS = "' ' || search || ' ' || own_search GLOB ?"


def find_rows(
    con: Connection, profile: str, terms: Sequence[Term], among: str, values: Sequence[str], *, limit: int
) -> list[Row]:
    """The newest ``limit`` records of ``profile`` with all of ``terms``, each a word of theirs or its beginning.

    ``among`` is a condition on ``res`` of our own, ``values`` what it compares with.
    """
    return list(islice(_find(con, profile, terms, among, values), limit))


def mark_values(values: Sequence[object]) -> str:
    """The places of ``values`` in a condition."""
    return ", ".join("?" for _ in values)


def _find(con: Connection, profile: str, terms: Sequence[Term], among: str, values: Sequence[str]) -> Iterator[Row]:
    """What has words that begin with the letters of each of ``terms`` is narrowed to what holds these."""
    letters = [f"*[^a-z0-9]{commonprefix(term.forms)}*" for term in terms]  # noqa: RUF071 (these are no paths)
    conditions = " AND ".join([SHOWN, "profile = ?", among, *[_SAYS] * len(letters)])
    sql = f"SELECT {SELECTED_ROW} FROM res WHERE {conditions} ORDER BY date_key DESC, lid DESC"  # noqa: S608
    for found in con.execute(sql, (profile, *values, *letters)):
        row = make_row(found)
        if holds_all(f"{row.search} {fold(row.own_title)}", terms):
            yield row
