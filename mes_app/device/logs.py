"""What the process may say of itself: our own words, and of others only that they spoke and where.

Libraries log addresses, headers and what is on the screen, and exceptions quote the values they choke on: any of it
may be health data. The rule is set where records are made, so that no level and no handler can lift it.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

_OURS = "mes_app"
_WITHHELD = "(words of others are not logged)"

_log = logging.getLogger(__name__)


class _Record(logging.LogRecord):
    def __init__(self, *facts: Any, **more: Any) -> None:
        super().__init__(*facts, **more)
        if self.name.partition(".")[0] != _OURS:
            self.msg, self.args = _WITHHELD, ()
        if self.exc_info and self.exc_info[1]:
            self.exc_text = _describe(self.exc_info[1])
        self.exc_info = None


def limit_logs() -> None:
    """From now on and for the whole process, log no text of libraries and no text of exceptions, caught or not."""
    logging.setLogRecordFactory(_Record)
    sys.excepthook = _log_end
    threading.excepthook = lambda end: _log_end(end.exc_type, end.exc_value, end.exc_traceback)


def are_logs_limited() -> bool:
    """Whether ``limit_logs`` was called, and nothing lifted it since."""
    return logging.getLogRecordFactory() is _Record


def _describe(error: BaseException) -> str:
    """Where ``error`` was raised and its class, then the same of what it came from; never its text."""
    lines = [*traceback.format_tb(error.__traceback__), type(error).__name__]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines) + (f"\n{_describe(cause)}" if cause else "")


def _log_end(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    _log.critical("unexpected error", exc_info=(kind, error or kind(), trace))
