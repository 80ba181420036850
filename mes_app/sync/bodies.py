"""Read the body of an answer without trusting its size: a server, or whoever stands in for it, may send a bomb.

Only gzip is offered, and it is undone here rather than by httpx, which would inflate a whole chunk unbounded.
"""

import zlib

import httpx

from mes_app.errors import Reason, Unreadable

RATIO_LIMIT = 200
RATIO_FROM = 1_000_000


async def read_limited(response: httpx.Response, limit: int) -> bytes:
    """The body, inflated. Unreadable: TOO_LARGE over ``limit`` bytes or as a bomb, TRUNCATED, NOT_FHIR (coding)."""
    if int(response.headers.get("content-length", "0")) > limit:
        raise Unreadable(Reason.TOO_LARGE, bytes=limit)
    inflater = _choose_inflater(response.headers.get("content-encoding", "identity").strip().lower())
    chunks: list[bytes] = []
    size = received = 0
    async for raw in response.aiter_raw():
        chunk = _inflate(inflater, raw, limit - size + 1) if inflater else raw
        received, size = received + len(raw), size + len(chunk)
        if size > limit or (size > RATIO_FROM and size > RATIO_LIMIT * received):
            raise Unreadable(Reason.TOO_LARGE, bytes=limit)
        chunks.append(chunk)
    if inflater and not inflater.eof:
        raise Unreadable(Reason.TRUNCATED)
    return b"".join(chunks)


def _choose_inflater(coding: str) -> "zlib._Decompress | None":
    if coding == "gzip":
        return zlib.decompressobj(wbits=31)
    if coding != "identity":
        raise Unreadable(Reason.NOT_FHIR)
    return None


def _inflate(inflater: "zlib._Decompress", raw: bytes, limit: int) -> bytes:
    try:
        return inflater.decompress(raw, limit)
    except zlib.error:
        raise Unreadable(Reason.TRUNCATED) from None
