"""The one table from what SQLite and the disk report to what a person can do next.

What is not in it is a mistake of ours (a wrong statement, a broken constraint) and passes unchanged.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from mes_app.errors import Locked, MesError, Reason, Unreadable
from mes_app.store.drivers import DriverError

_Fault = tuple[type[Locked] | type[Unreadable], Reason]

_NO_VAULT = (Unreadable, Reason.NOT_A_VAULT)
_DAMAGED = (Unreadable, Reason.DAMAGED)
_FULL = (Unreadable, Reason.DISK_FULL)
_ELSEWHERE = (Locked, Reason.OPEN_ELSEWHERE)

FAULTS: dict[str, _Fault] = {
    "SQLITE_NOTADB": _NO_VAULT,
    "SQLITE_CANTOPEN": _NO_VAULT,
    "SQLITE_PERM": _NO_VAULT,
    "SQLITE_READONLY": _NO_VAULT,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_IOERR": _DAMAGED,
    "SQLITE_FULL": _FULL,
    "SQLITE_BUSY": _ELSEWHERE,
    "SQLITE_PROTOCOL": _ELSEWHERE,
    "SQLITE_INTERRUPT": (Locked, Reason.VAULT_LOCKED),
    "ENOENT": _NO_VAULT,
    "ENOTDIR": _NO_VAULT,
    "EACCES": _NO_VAULT,
    "EROFS": _NO_VAULT,
    "EIO": _DAMAGED,
    "ENOSPC": _FULL,
    "EDQUOT": _FULL,
}

# the driver's backup tells its errors by their words alone
_NAMES = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
}


@contextmanager
def translated_faults() -> Iterator[None]:
    """Raise the MesError of the table in place of a driver or disk error. Paths do not go into the trace."""
    try:
        yield
    except DriverError as error:
        if fault := _find_fault(getattr(error, "sqlite_errorname", _NAMES.get(str(error), ""))):
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
