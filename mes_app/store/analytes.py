"""The results that documents hold as data, kept when their contents are read: no screen reads the documents again.

They hang on what the document is searched by, and go with it: none is left of what is no longer shown.
"""

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter

from mes_app.domain.laboratory import Analyte
from mes_app.domain.record import Kind
from mes_app.store.database import Connection
from mes_app.store.rows import SHOWN_DOCUMENTS

NEWEST = 200
"""Documents whose results are read at once."""


@cache
def _form() -> TypeAdapter[tuple[Analyte, ...]]:
    return TypeAdapter(tuple[Analyte, ...])


def pack_analytes(analytes: Sequence[Analyte]) -> bytes | None:
    """The results of one document as the store keeps them; None for none."""
    return _form().dump_json(tuple(analytes), exclude_defaults=True) if analytes else None


def put_analytes(con: Connection, profile: str, key: int, packed: bytes | None) -> None:
    """Keep the results of the document that is searched by ``key``, in the place of those kept before."""
    former = con.execute("DELETE FROM searched_analytes WHERE id = ? RETURNING analytes", (key,)).fetchall()
    if packed:
        con.execute("INSERT INTO searched_analytes VALUES (?, ?)", (key, packed))
    if former != ([(packed,)] if packed else []):
        con.touch(profile, Kind.RESULTS)


def list_document_analytes(con: Connection, profile: str, limit: int = NEWEST) -> list[Analyte]:
    """The results of the newest ``limit`` documents that hold some, each document once."""
    return [one for _, found in list_analytes_by_document(con, profile, limit) for one in found]


def list_analytes_by_document(
    con: Connection, profile: str, limit: int = NEWEST
) -> list[tuple[str, tuple[Analyte, ...]]]:
    """The same, with the id of the document that holds them."""
    sql = f"""
        SELECT lid, analytes FROM searched_analytes JOIN searched USING (id) JOIN res USING (lid)
        WHERE {SHOWN_DOCUMENTS} ORDER BY date_key DESC, lid DESC LIMIT ?
    """  # noqa: S608 (our own condition)
    return [(lid, _form().validate_json(packed)) for lid, packed in con.execute(sql, (profile, limit))]
