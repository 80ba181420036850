"""The one table from what SQLite and the disk report to what a person can do next.

What is not in it is a mistake of ours (a wrong statement, a broken constraint) and passes unchanged.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from mes_app.errors import Locked, MesError, Reason, Unreadable
from mes_app.store.drivers import DriverError

_Fault = tuple[type[Locked] | type[Unreadable], Reason]

FAULTS: dict[str, _Fault] = {
    "SQLITE_NOTADB": (Unreadable, Reason.NOT_A_VAULT),
    "SQLITE_CANTOPEN": (Unreadable, Reason.NOT_A_VAULT),
    "SQLITE_CORRUPT": (Unreadable, Reason.DAMAGED),
    "SQLITE_IOERR": (Unreadable, Reason.DAMAGED),
    "SQLITE_FULL": (Unreadable, Reason.DISK_FULL),
    "SQLITE_BUSY": (Locked, Reason.OPEN_ELSEWHERE),
    "SQLITE_INTERRUPT": (Locked, Reason.VAULT_LOCKED),
    errno.errorcode[errno.ENOENT]: (Unreadable, Reason.NOT_A_VAULT),
    errno.errorcode[errno.ENOSPC]: (Unreadable, Reason.DISK_FULL),
}


@contextmanager
def translated_faults() -> Iterator[None]:
    """Raise the MesError of the table in place of a driver or disk error. Paths do not go into the trace."""
    try:
        yield
    except DriverError as error:
        if fault := _find_fault(getattr(error, "sqlite_errorname", "")):
            raise fault from error
        raise
    except OSError as error:
        if fault := _find_fault(errno.errorcode.get(error.errno or 0, "")):
            raise fault from None
        raise


def _find_fault(name: str) -> MesError | None:
    if name not in FAULTS:
        return None
    kind, reason = FAULTS[name]
    return kind(reason)
