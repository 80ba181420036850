"""The table of what SQLite and the disk report."""

import errno
import sqlite3

import pytest

from mes_app.errors import MesError, Reason, Unreadable
from mes_app.store.drivers import DriverError
from mes_app.store.faults import FAULTS, translated_faults


class ReportedError(DriverError):  # type: ignore[misc, valid-type]
    """A driver error of a given name."""

    def __init__(self, name: str) -> None:
        super().__init__("reported")
        self.sqlite_errorname = name


def raise_translated(error: Exception) -> None:
    with translated_faults():
        raise error


def make_fault(name: str) -> Exception:
    return (
        ReportedError(name)
        if name.startswith("SQLITE_")
        else OSError(getattr(errno, name), "reported", "/home/camille")
    )


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_of_the_table_becomes_what_to_do_next(name: str) -> None:
    kind, reason = FAULTS[name]
    with pytest.raises(kind) as raised:
        raise_translated(make_fault(name))
    assert raised.value.reason is reason
    assert "camille" not in f"{raised.value}{raised.value.__cause__}"


def test_a_code_of_sqlite_is_in_the_table_or_a_mistake_of_ours() -> None:
    ours = (
        "ERROR INTERNAL ABORT LOCKED NOMEM NOTFOUND EMPTY SCHEMA "
        "TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE"
    )
    told = {getattr(sqlite3, name) for name in FAULTS if name.startswith("SQLITE_")}
    assert told | {getattr(sqlite3, f"SQLITE_{name}") for name in ours.split()} == set(range(1, 27))


def test_a_mistake_of_ours_passes_unchanged() -> None:
    with pytest.raises(ReportedError):
        raise_translated(ReportedError("SQLITE_CONSTRAINT"))
    with pytest.raises(MesError):
        raise_translated(ReportedError("SQLITE_FULL"))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("database or disk is full", Reason.DISK_FULL),
        ("disk I/O error", Reason.DAMAGED),
        ("database disk image is malformed", Reason.DAMAGED),
    ],
)
def test_a_fault_that_a_backup_tells_by_its_words_alone_is_known(words: str, reason: Reason) -> None:
    with pytest.raises(Unreadable) as raised:
        raise_translated(DriverError(words))
    assert raised.value.reason is reason
