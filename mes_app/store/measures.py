"""What the columns of measures do not hold, without opening those that have nothing more to tell."""

from mes_app.domain.record import Kind
from mes_app.store.database import Connection
from mes_app.store.rows import SHOWN


def list_ranged_bodies(con: Connection, profile: str, category: str, since: str) -> list[tuple[str, str, bytes]]:
    """The id, the date key and the body of each measure of ``category`` that states a range of reference.

    ``since``: a date key before which none is opened.
    """
    sql = f"""
        SELECT lid, date_key, coalesce(overlay, mirror) FROM res JOIN body USING (lid)
        WHERE {SHOWN} AND profile = ? AND kind = '{Kind.MEASURES}' AND category = ? AND date_key >= ?
        AND instr(coalesce(overlay, mirror), CAST('"referenceRange"' AS BLOB))
    """  # noqa: S608 (our own condition)
    return con.execute(sql, (profile, category, since)).fetchall()
