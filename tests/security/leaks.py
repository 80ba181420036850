"""Look for secrets in files and in words: in clear, UTF-16 or Latin-1, in hexadecimal, in base64 at any alignment."""

import base64
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from struct import iter_unpack

SHORTEST = 6
"""ASCII characters: what is shorter may come about by chance in megabytes of noise."""

_PRINTABLE = re.compile(rb"[\x20-\x7e]{%d,}" % SHORTEST)
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){%d,}" % (SHORTEST - 1))
_CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")


def find_leaks(folder: Path, words: Iterable[str] = (), raw: Iterable[bytes] = ()) -> dict[str, list[str]]:
    """Each of ``words`` and ``raw`` (in hexadecimal) that can be read under ``folder``, with the files where."""
    found: dict[str, list[str]] = {}
    kept, bytes_kept = frozenset(words), list(raw)
    for file in (path for path in folder.rglob("*") if path.is_file()):
        data = file.read_bytes()
        text = read_strings(data) + b"\n" + file.name.encode()
        leaked = find_said(kept, text)
        leaked |= {one.hex() for one in bytes_kept if one in data or any(form in text for form in _encode(one))}
        for leak in leaked:
            found.setdefault(leak, []).append(file.name)
    return found


def find_said(words: Iterable[str], text: bytes) -> set[str]:
    """Those of ``words`` that can be read in ``text``, made of ASCII only."""
    forms = _index_forms(frozenset(words))
    starts = {(start,) for start in forms}
    begun = {start for shift in range(SHORTEST) for (start,) in starts.intersection(_cut(text, shift))}
    return {word for start in (*begun, b"") for form, word in forms[start] if form in text}


def _cut(text: bytes, shift: int) -> Iterator[tuple[bytes]]:
    """As many bytes at a time as every form has, from ``shift`` on: all shifts together, every place of ``text``."""
    return iter_unpack(f"{SHORTEST}s", text[shift : len(text) - (len(text) - shift) % SHORTEST])


def read_strings(data: bytes) -> bytes:
    """What `strings` shows of ``data``, one run per line: ASCII, then the two forms of UTF-16."""
    wide = (run.replace(b"\0", b"") for run in _WIDE.findall(data))
    return b"\n".join([*_PRINTABLE.findall(data), *wide])


@lru_cache(maxsize=16)
def _index_forms(words: frozenset[str]) -> dict[bytes, list[tuple[bytes, str]]]:
    """The forms of thousands of words, by how each begins; nothing for those that are shorter than that."""
    forms: dict[bytes, list[tuple[bytes, str]]] = {b"": []}
    for word in words:
        for form in _list_forms(word):
            forms.setdefault(form[:SHORTEST] if len(form) >= SHORTEST else b"", []).append((form, word))
    return forms


def _list_forms(word: str) -> tuple[bytes, ...]:
    """The longest ASCII part of ``word``, the same in every coding, and the whole of it encoded."""
    ascii_part = max(re.findall(r"[\x20-\x7e]+", word), key=len)
    codings = {word.encode(coding, "ignore") for coding in _CODINGS}
    return (ascii_part.encode(), *(form for coded in codings for form in _encode(coded)))


def _encode(secret: bytes) -> Iterator[bytes]:
    """Hexadecimal, and the part of the base64 that is the same whatever stands before and after."""
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    for shift, start in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(bytes(shift) + secret)
        yield encoded[start : (None, -3, -2)[(shift + len(secret)) % 3]]
