"""Which measures a person has, as far as it tells whether another one is the same."""

from mes_app.domain.record import Kind
from mes_app.store.database import Connection
from mes_app.store.rows import SHOWN

Moment = tuple[str, str, str, float | None, float | None, str, str]
"""Measure, else title; date key; words; the numbers; their unit."""


def list_moments(con: Connection, profile: str) -> list[Moment]:
    """One for each measure of ``profile``: its category and title, date key, numbers, unit, and words."""
    sql = f"""
        SELECT category, title, date_key, value, value2, unit, subtitle FROM res
        WHERE {SHOWN} AND profile = ? AND kind = '{Kind.MEASURES}'
    """  # noqa: S608 (our own condition)
    return con.execute(sql, (profile,)).fetchall()
