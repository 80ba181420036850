"""What a device may have sent twice is judged where something changed, and what waits is counted without its bodies.

``repeat_due`` has the moments at which measures of a device are to be judged anew (``repeats.settle_repeats``), put
there by triggers, whoever writes. What stood behind another and changes stands for itself until then.
"""

from mes_app.store.drivers import DriverConnection

_COLUMNS = (
    "profile", "kind", "source", "withheld", "deleted", "category", "code", "date_text", "date_key", "value", "value2",
    "unit", "unique_id", "organization",
)  # fmt: skip


def _told(row: str) -> str:
    return f"{row}kind = 'measures' AND {row}source = 'device' AND {row}value IS NOT NULL"


def _values(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in _COLUMNS)


def _note(row: str) -> str:
    return (
        f"INSERT INTO repeat_due SELECT {row}.profile, {row}.date_key WHERE {_told(f'{row}.')} ON CONFLICT DO NOTHING"
    )


_STATEMENTS = (
    f"CREATE INDEX res_told ON res (profile, date_key) WHERE {_told('')}",
    """
    CREATE TABLE repeat_due (profile TEXT NOT NULL, date_key TEXT NOT NULL, PRIMARY KEY (profile, date_key))
    STRICT, WITHOUT ROWID
    """,
    f"CREATE TRIGGER repeat_new AFTER INSERT ON res WHEN {_told('new.')} BEGIN {_note('new')}; END",
    f"CREATE TRIGGER repeat_gone AFTER DELETE ON res WHEN {_told('old.')} BEGIN {_note('old')}; END",
    f"""
    CREATE TRIGGER repeat_changed AFTER UPDATE OF {", ".join(_COLUMNS)} ON res
    WHEN ({_told("old.")} OR {_told("new.")}) AND ({_values("new")}) IS NOT ({_values("old")})
    BEGIN
        UPDATE res SET behind = 0 WHERE lid = new.lid AND behind = 1;
        {_note("old")};
        {_note("new")};
    END
    """,  # noqa: S608 (our own conditions)
    "UPDATE res SET fold = '' WHERE fold <> '' AND kind = 'measures'",
    f"INSERT INTO repeat_due SELECT DISTINCT profile, date_key FROM res WHERE {_told('')}",  # noqa: S608
    "CREATE INDEX outbox_by_moment ON outbox (at)",
)


def migrate(con: DriverConnection) -> None:
    """Every measure of a device is to be judged."""
    for statement in _STATEMENTS:
        con.execute(statement)
