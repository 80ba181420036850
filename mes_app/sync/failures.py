"""The one table from what goes wrong on the wire to what a person can do next.

Nothing else in the project catches an httpx exception or judges a status. The errors made here carry no address and
no text of the server: both may hold health data.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from mes_app.errors import Busy, Conflict, MesError, NotAllowed, Offline, Reason, Rejected, SessionExpired, Unreadable
from mes_app.sync.statuses import BUSY

TRANSPORT: tuple[tuple[type[Exception], MesError], ...] = (
    (httpx.ConnectTimeout, Offline(Reason.UNREACHABLE)),
    (httpx.ConnectError, Offline(Reason.UNREACHABLE)),
    (httpx.ProxyError, Offline(Reason.UNREACHABLE)),
    (httpx.TimeoutException, Offline(Reason.TIMED_OUT)),
    (httpx.NetworkError, Offline(Reason.INTERRUPTED)),
    (httpx.RemoteProtocolError, Offline(Reason.INTERRUPTED)),
    (httpx.UnsupportedProtocol, Rejected("server", Reason.NOT_A_URL)),
    (httpx.InvalidURL, Rejected("server", Reason.NOT_A_URL)),
    (httpx.LocalProtocolError, Rejected("server", Reason.NOT_ACCEPTED)),
    (httpx.TooManyRedirects, Unreadable(Reason.PAGE_LOOP)),
    (httpx.DecodingError, Unreadable(Reason.TRUNCATED)),
    (httpx.HTTPError, Unreadable(Reason.SERVER_FAULT)),
)
"""The first line that fits wins, so that the last is only for classes httpx has not invented yet."""

STATUSES: dict[int, MesError] = {
    401: SessionExpired(),
    403: NotAllowed(Reason.FORBIDDEN),
    404: Rejected("id", Reason.UNKNOWN_RECORD),
    408: Offline(Reason.TIMED_OUT),
    409: Conflict(),
    410: Rejected("id", Reason.UNKNOWN_RECORD),
    412: Conflict(),
    413: Unreadable(Reason.TOO_LARGE),
    502: Offline(Reason.UNREACHABLE),
    504: Offline(Reason.TIMED_OUT),
}

CHANGE_STATUSES: dict[int, MesError] = STATUSES | {
    404: NotAllowed(Reason.NOT_OFFERED),
    405: NotAllowed(Reason.NOT_OFFERED),
    409: Rejected("record", Reason.NOT_ACCEPTED),
    412: Unreadable(Reason.SERVER_FAULT),
    413: Rejected("record", Reason.TOO_LARGE_TO_SEND),
    415: NotAllowed(Reason.NOT_OFFERED),
    501: NotAllowed(Reason.NOT_OFFERED),
}
"""The same of a change, when the server shows the record as it was: neither changed nor removed there meanwhile.

412 then says that it does not show its latest version yet: to be asked again.
"""

REFUSED_TOGETHER = frozenset({400, 404, 405, 413, 415, 422, 501})
"""Answers to a transaction after which its parts are worth sending one by one: it may be refused for its size."""

DEFAULT_WAIT = 30


@contextmanager
def translated() -> Iterator[None]:
    """Turn what httpx raises inside into a MesError."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise from_exception(error) from None


def from_exception(error: Exception) -> MesError:
    """The error for what httpx raised."""
    if _is_untrusted(error):
        return Offline(Reason.UNTRUSTED)
    return _copy(next(model for kind, model in TRANSPORT if isinstance(error, kind)))


def from_status(status: int, after: int = DEFAULT_WAIT) -> MesError | None:
    """The error for an HTTP status; None for success. ``after``: the seconds the server asks to wait."""
    if 200 <= status < 300:
        return None
    if status in BUSY:
        return Busy(after=after)
    if model := STATUSES.get(status):
        return _copy(model)
    if 400 <= status < 500:
        return Rejected("request", Reason.NOT_ACCEPTED, status=status)
    return Unreadable(Reason.SERVER_FAULT, status=status)


def from_change_status(status: int, after: int = DEFAULT_WAIT) -> MesError | None:
    """The error for the status that answers a change, with ``status`` among its facts; None for success.

    Offline, Busy, SessionExpired, Unreadable: to be sent again. Rejected, NotAllowed: refused as it is.
    """
    if model := CHANGE_STATUSES.get(status):
        return _copy(model, status=status)
    return from_status(status, after)


def read_retry_after(value: str, date: datetime | None) -> int:
    """Seconds of a Retry-After header, written as seconds or as a date (compared with the server's own ``date``)."""
    if value.strip().isdecimal():
        return int(value)
    until = read_http_date(value)
    return max(0, round((until - date).total_seconds())) if until and date else DEFAULT_WAIT


def read_http_date(value: str) -> datetime | None:
    """A Date header in UTC; None when absent or malformed."""
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _is_untrusted(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError | ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _copy(model: MesError, **facts: int) -> MesError:
    """A new error like ``model``: one that was raised holds on to the frames it passed through."""
    if isinstance(model, Rejected):
        return Rejected(model.field, model.reason, **facts)
    return type(model)(model.reason, **facts)
