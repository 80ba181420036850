import asyncio
import gzip
from collections.abc import AsyncIterator

import httpx
import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.sync.bodies import read_limited

LIMIT = 3_000_000


class Chunks(httpx.AsyncByteStream):
    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.raw), 65536):
            yield self.raw[start : start + 65536]


def read(raw: bytes, headers: dict[str, str] | None = None) -> bytes:
    return asyncio.run(read_limited(httpx.Response(200, headers=headers, stream=Chunks(raw)), LIMIT))


def refusal(raw: bytes, headers: dict[str, str] | None = None) -> Reason:
    with pytest.raises(Unreadable) as caught:
        read(raw, headers)
    return caught.value.reason


@pytest.mark.parametrize("text", [b"", b"x" * 200_000])
def test_a_body_is_read_whole_plain_or_compressed(text: bytes) -> None:
    assert read(text) == text
    assert read(gzip.compress(text), {"content-encoding": "gzip"}) == text


def test_n4_a_body_over_the_limit_is_refused_as_soon_as_it_is_known() -> None:
    assert refusal(b"x" * (LIMIT + 1)) is Reason.TOO_LARGE
    assert refusal(b"", {"content-length": str(LIMIT + 1)}) is Reason.TOO_LARGE


def test_n4_a_compressed_bomb_is_refused_within_the_limit_and_by_its_ratio() -> None:
    assert refusal(gzip.compress(bytes(100_000_000)), {"content-encoding": "gzip"}) is Reason.TOO_LARGE
    assert refusal(gzip.compress(bytes(2_000_000)), {"content-encoding": "gzip"}) is Reason.TOO_LARGE


def test_a_truncated_or_false_gzip_is_refused() -> None:
    assert refusal(gzip.compress(b"x" * 9000)[:-9], {"content-encoding": "gzip"}) is Reason.TRUNCATED
    assert refusal(b"plain", {"content-encoding": "gzip"}) is Reason.TRUNCATED


def test_a_coding_that_was_not_offered_is_refused() -> None:
    assert refusal(b"", {"content-encoding": "br"}) is Reason.NOT_FHIR
