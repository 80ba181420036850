"""The measures of a device that came twice: one stands in lists, charts and counts, the others are reached from it.

The same is the same value of the same measure at the same moment, under one identifier, or from one device if the time
of day is told. Nothing goes: what the server holds twice stays twice there. What stands behind another has a ``fold``,
by which it is found.
"""

from mes_app.domain.record import Change, Kind, Row, Source
from mes_app.store.connections import Connection
from mes_app.store.rows import OPENABLE, SELECTED_ROW, SHOWN, make_row

_TOLD = f"source = '{Source.DEVICE}' AND value IS NOT NULL"
_SAME = f"{_TOLD}, coalesce(nullif(category, ''), code), date_key, value, value2, unit"
_OF_PERSON = f"res.profile = ?1 AND res.kind = '{Kind.MEASURES}'"
_SETTLE = f"""
    WITH hidden AS MATERIALIZED (
        SELECT lid, category, date_key FROM res INDEXED BY res_by_fold
        WHERE fold <> '' AND behind = 1 AND {_OF_PERSON} AND {OPENABLE}
    ), crowded AS MATERIALIZED (
        SELECT category, date_key FROM res WHERE {SHOWN} AND {_OF_PERSON}
        GROUP BY category, date_key HAVING count(*) > 1
        UNION SELECT category, date_key FROM hidden
    ), near AS MATERIALIZED (
        SELECT lid FROM crowded CROSS JOIN res USING (category, date_key) WHERE {SHOWN} AND {_OF_PERSON}
        UNION SELECT lid FROM hidden
    ), judged AS MATERIALIZED (
        SELECT lid, {_TOLD} AND (
            (unique_id <> '' AND row_number() OVER (PARTITION BY {_SAME}, unique_id ORDER BY lid) > 1)
            OR (organization <> '' AND length(date_text) > 10
                AND row_number() OVER (PARTITION BY {_SAME}, organization, length(date_text) > 10 ORDER BY lid) > 1)
        ) AS behind
        FROM near CROSS JOIN res USING (lid)
    )
    UPDATE res SET behind = judged.behind, fold = iif(judged.behind, judged.lid, '') FROM judged
    WHERE res.lid = judged.lid AND res.behind <> judged.behind
"""  # noqa: S608 (our own conditions)
_ALIKE = " AND ".join(f"other.{name} IS asked.{name}" for name in ("category", "date_key", "value", "value2", "unit"))
_LIST = f"""
    SELECT {SELECTED_ROW} FROM res WHERE {OPENABLE} AND lid IN (
        SELECT other.lid FROM res AS asked JOIN res AS other ON other.profile = asked.profile
        AND other.kind = asked.kind AND other.source = asked.source AND other.lid <> asked.lid AND {_ALIKE} AND (
            (other.unique_id <> '' AND other.unique_id = asked.unique_id)
            OR (other.organization <> '' AND other.organization = asked.organization AND length(asked.date_text) > 10
                AND length(other.date_text) > 10)
        )
        WHERE asked.lid = ? AND asked.kind = '{Kind.MEASURES}' AND asked.source = '{Source.DEVICE}'
        AND asked.value IS NOT NULL
    ) ORDER BY lid
"""  # noqa: S608


def settle_repeats(con: Connection, changes: frozenset[Change]) -> None:
    """Judge the measures of each profile of ``changes`` anew. Due before each commit: no list then shows one twice."""
    for profile in {change.profile for change in changes if change.kind is Kind.MEASURES}:
        con.execute(_SETTLE, (profile,))


def list_repeats(con: Connection, record_id: str) -> list[Row]:
    """The other records of the same measure of a device; none where it came once."""
    return [make_row(found) for found in con.execute(_LIST, (record_id,))]
