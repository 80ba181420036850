"""The one way to the database: whole transactions, writers in turn, and errors that show nothing."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from mes_backend.database import make_engine, reading, writing

counters = Table("counter", MetaData(), Column("name", String, primary_key=True), Column("value", Integer))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path}/some.db")
    counters.create(engine)
    with writing(engine) as con:
        con.execute(insert(counters).values(name="tries", value=0))
    yield engine
    engine.dispose()


def read_value(engine: Engine) -> int | None:
    with reading(engine) as con:
        return con.scalar(select(counters.c.value))


def test_an_exception_takes_back_the_whole_transaction(engine: Engine) -> None:
    def fail_halfway() -> None:
        with writing(engine) as con:
            con.execute(update(counters).values(value=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert read_value(engine) == 0


def test_writers_that_read_first_wait_for_each_other(engine: Engine) -> None:
    def count() -> None:
        for _ in range(20):
            with writing(engine) as con:
                con.execute(update(counters).values(value=(con.scalar(select(counters.c.value)) or 0) + 1))

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_value(engine) == 80


def test_a_reader_is_not_stopped_by_a_writer_and_sees_one_view(engine: Engine) -> None:
    with writing(engine) as con:
        con.execute(update(counters).values(value=7))
        assert read_value(engine) == 0
    assert read_value(engine) == 7


def test_s12_an_error_shows_no_value(engine: Engine) -> None:
    with pytest.raises(IntegrityError) as caught, writing(engine) as con:
        con.execute(insert(counters).values([{"name": "a name to hide"}, {"name": "a name to hide"}]))
    assert "a name to hide" not in str(caught.value)


def test_every_connection_commits_fully_and_checks_references(engine: Engine) -> None:
    with reading(engine) as con:
        stated = {name: con.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert stated == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_what_goes_with_its_process_waits_for_no_disk(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/some.db", lasting=False)
    with reading(engine) as con:
        assert con.scalar(text("PRAGMA synchronous")) == 0
    engine.dispose()
