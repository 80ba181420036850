"""The one way to the database: login and FHIR tables live in the same file, so that both see one truth.

Core only, no ORM. Nothing here knows a table: each package declares its own on ``metadata``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

metadata = MetaData()

_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=FAST")


def make_engine(url: str, *, lasting: bool = True) -> Engine:
    """An engine on ``url`` (SQLAlchemy form) that never shows bound values in an error, a log or a trace.

    What is committed is on the disk, unless the database is not ``lasting``: gone with its process anyway.
    """
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", partial(_prepare_sqlite, synchronous="FULL" if lasting else "OFF"))
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection on one unchanging view of the data."""
    with engine.connect() as con:
        yield con


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection inside one transaction: committed at the end, rolled back by any exception."""
    with engine.connect().execution_options(writes=True) as con, con.begin():
        yield con


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry, *, synchronous: str) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to guard a read before a write
    for pragma in (*_PRAGMAS, f"synchronous={synchronous}"):
        connection.cursor().execute(f"PRAGMA {pragma}")


def _begin_sqlite(con: Connection) -> None:
    # Taking the write lock first means that a transaction waits its turn and never fails half-way.
    con.exec_driver_sql("BEGIN IMMEDIATE" if con.get_execution_options().get("writes") else "BEGIN")
