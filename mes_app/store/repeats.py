"""The measures of a device that came twice: one stands in lists, charts and counts, the others are reached from it.

The same is the same value of the same measure at the same moment, under one identifier, or from one device if the time
of day is told. Nothing goes: what the server holds twice stays twice there. Triggers tell what changed.
"""

from mes_app.domain.record import Change, Kind, Row, Source
from mes_app.store.connections import Connection
from mes_app.store.rows import OPENABLE, SELECTED_ROW, make_row

_TOLD = f"res.kind = '{Kind.MEASURES}' AND res.source = '{Source.DEVICE}' AND res.value IS NOT NULL"
"""Word for word the condition of the index ``res_told``."""
_SAME = "res.profile, coalesce(nullif(category, ''), code), res.date_key, value, value2, unit"
_SETTLE = f"""
    WITH judged AS (
        SELECT lid, behind, (unique_id <> '' AND row_number() OVER (PARTITION BY {_SAME}, unique_id ORDER BY lid) > 1)
            OR (organization <> '' AND length(date_text) > 10
                AND row_number() OVER (PARTITION BY {_SAME}, organization, length(date_text) > 10 ORDER BY lid) > 1)
            AS repeated
        FROM repeat_due CROSS JOIN res INDEXED BY res_told USING (profile, date_key) WHERE {_TOLD} AND {OPENABLE}
    )
    UPDATE res SET behind = NOT behind WHERE lid IN (SELECT lid FROM judged WHERE repeated <> behind)
"""  # noqa: S608 (our own conditions)
_ALIKE = " AND ".join(f"res.{name} IS asked.{name}" for name in ("category", "value", "value2", "unit"))
_LIST = f"""
    SELECT {SELECTED_ROW} FROM res WHERE {OPENABLE} AND lid IN (
        SELECT res.lid FROM (SELECT * FROM res WHERE lid = ? AND {_TOLD}) AS asked
        CROSS JOIN res INDEXED BY res_told USING (profile, date_key)
        WHERE {_TOLD} AND res.lid <> asked.lid AND {_ALIKE} AND (
            (res.unique_id <> '' AND res.unique_id = asked.unique_id)
            OR (res.organization <> '' AND res.organization = asked.organization AND length(asked.date_text) > 10
                AND length(res.date_text) > 10)
        )
    ) ORDER BY lid
"""  # noqa: S608


def settle_repeats(con: Connection, _changes: frozenset[Change] = frozenset()) -> None:
    """Judge what changed, and all of its moment. Due before each commit: no list then shows one measure twice."""
    if con.execute("SELECT EXISTS (SELECT 1 FROM repeat_due)").fetchone()[0]:
        con.execute(_SETTLE)
        con.execute("DELETE FROM repeat_due")


def list_repeats(con: Connection, record_id: str) -> list[Row]:
    """The other records of the same measure of a device; none where it came once."""
    return [make_row(found) for found in con.execute(_LIST, (record_id,))]
