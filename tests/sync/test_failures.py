import ssl
from datetime import UTC, datetime

import httpx
import pytest

from mes_app.errors import Busy, MesError, NotAllowed, Offline, Reason, Rejected, SessionExpired, Unreadable
from mes_app.i18n import use
from mes_app.i18n.catalogue import LANGUAGES, catalogue
from mes_app.i18n.explanations import explain
from mes_app.sync.failures import (
    CHANGE_STATUSES,
    STATUSES,
    TRANSPORT,
    from_change_status,
    from_exception,
    from_status,
    read_http_date,
    read_retry_after,
    translated,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def family(root: type[Exception]) -> list[type[Exception]]:
    return [root, *(kind for child in root.__subclasses__() for kind in family(child))]


def make(kind: type[Exception]) -> Exception:
    if kind is httpx.HTTPStatusError:
        request = httpx.Request("GET", "http://localhost")
        return httpx.HTTPStatusError("", request=request, response=httpx.Response(500, request=request))
    return kind("canary")


@pytest.mark.parametrize("kind", [*family(httpx.HTTPError), httpx.InvalidURL])
def test_every_exception_of_httpx_has_its_error(kind: type[Exception]) -> None:
    with pytest.raises(MesError) as caught, translated():
        raise make(kind)
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("kind", [kind for kind in family(httpx.RequestError) if not kind.__subclasses__()])
def test_no_exception_known_today_falls_to_the_last_line_of_the_table(kind: type[Exception]) -> None:
    assert next(line for line in TRANSPORT if issubclass(kind, line[0])) is not TRANSPORT[-1]


def test_every_status_but_success_has_its_error() -> None:
    assert all(isinstance(from_status(status), MesError) for status in range(300, 600))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, SessionExpired),
        (403, NotAllowed),
        (410, Rejected),
        (408, Offline),
        (429, Busy),
        (502, Offline),
        (503, Busy),
        (504, Offline),
    ],
)
def test_a_status_says_what_to_do_next(status: int, expected: type[MesError]) -> None:
    assert type(from_status(status)) is expected


@pytest.mark.parametrize("status", [200, 201, 204, 206])
def test_a_success_is_no_error(status: int) -> None:
    assert from_status(status) is None


@pytest.mark.parametrize(
    ("status", "expected", "reason"),
    [
        (400, Rejected, Reason.NOT_ACCEPTED),
        (401, SessionExpired, Reason.SIGN_IN_AGAIN),
        (403, NotAllowed, Reason.FORBIDDEN),
        (404, NotAllowed, Reason.NOT_OFFERED),
        (405, NotAllowed, Reason.NOT_OFFERED),
        (408, Offline, Reason.TIMED_OUT),
        (409, Rejected, Reason.NOT_ACCEPTED),
        (410, Rejected, Reason.UNKNOWN_RECORD),
        (412, Unreadable, Reason.SERVER_FAULT),
        (413, Rejected, Reason.TOO_LARGE_TO_SEND),
        (415, NotAllowed, Reason.NOT_OFFERED),
        (422, Rejected, Reason.NOT_ACCEPTED),
        (429, Busy, Reason.SERVER_BUSY),
        (500, Unreadable, Reason.SERVER_FAULT),
        (501, NotAllowed, Reason.NOT_OFFERED),
        (502, Offline, Reason.UNREACHABLE),
        (503, Busy, Reason.SERVER_BUSY),
        (504, Offline, Reason.TIMED_OUT),
        (302, Unreadable, Reason.SERVER_FAULT),
    ],
)
def test_a_status_says_what_becomes_of_a_change(status: int, expected: type[MesError], reason: Reason) -> None:
    error = from_change_status(status)
    assert error is not None
    assert (type(error), error.reason) == (expected, reason)
    assert error.facts.get("status", status) == status


def test_a_change_that_succeeded_is_no_error() -> None:
    assert [from_change_status(status) for status in (200, 201, 204)] == [None] * 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_error_of_the_wire_has_its_sentences(language: str) -> None:
    errors = [model for _, model in TRANSPORT] + [*STATUSES.values(), *CHANGE_STATUSES.values()]
    use(language)
    try:
        assert all(explain(error).what and explain(error).next for error in errors)
    finally:
        use("fr")


def test_a_certificate_that_cannot_be_trusted_is_not_just_an_unreachable_server() -> None:
    error = httpx.ConnectError("tls")
    error.__cause__ = ssl.SSLCertVerificationError()
    assert from_exception(error).reason is Reason.UNTRUSTED


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), ("Sat, 21 Nov 2026 12:01:30 GMT", 90), ("Sat, 21 Nov 2026 11:00:00 GMT", 0), ("soon", 30), ("", 30)],
)
def test_a_wait_is_read_in_seconds_or_as_a_date(value: str, seconds: int) -> None:
    assert read_retry_after(value, NOON) == seconds


def test_the_server_clock_is_read_in_utc() -> None:
    assert read_http_date("Sat, 21 Nov 2026 13:00:00 +0100") == NOON
    assert read_http_date("") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_change_that_is_set_aside_says_why_and_what_to_do(language: str) -> None:
    errors = [from_change_status(status) for status in range(400, 600)]
    refused = {error.reason for error in errors if isinstance(error, Rejected | NotAllowed)}
    refused |= {Reason.STILL_NEEDED, Reason.FOREIGN_ADDRESS, Reason.NO_CONTENT, Reason.DAMAGED}
    keys = [f"{place}.{reason}" for place in ("syncing.refused", "sync.reasons") for reason in sorted(refused)]
    assert [key for key in keys if key not in catalogue(language)] == []
