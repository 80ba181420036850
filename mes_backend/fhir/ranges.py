"""A part of some bytes, as RFC 9110 (14) has it: one range, under a tag that must still be that of the whole."""

import re
from typing import NamedTuple

_ONE_RANGE = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))")


class Part(NamedTuple):
    """``status`` is 200 for all of the bytes, 206 for some, 416 for none; ``place`` then is the Content-Range."""

    status: int
    data: bytes
    place: str = ""


def cut_part(data: bytes, wanted: str, condition: str, tag: str) -> Part:
    """What Range (``wanted``) asks of ``data``, whose strong tag is ``tag``: all of it where If-Range (``condition``)
    names another version, or the range is not one that this server cuts.
    """
    found = _ONE_RANGE.fullmatch(wanted.replace(" ", ""))
    if not found or condition not in ("", tag):
        return Part(200, data)
    first, last, suffix = found.groups()
    start = max(len(data) - int(suffix), 0) if suffix else int(first)
    end = min(int(last), len(data) - 1) if last else len(data) - 1
    if last and int(last) < start:
        return Part(200, data)
    if start >= len(data):
        return Part(416, b"", f"bytes */{len(data)}")
    return Part(206, data[start : end + 1], f"bytes {start}-{end}/{len(data)}")
