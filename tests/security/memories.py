"""What another process remembers: a program that does as it is told, its memory read from outside, and searched."""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from struct import iter_unpack, pack
from typing import BinaryIO

PIECE = 16
"""Bytes of a key by which it is known: AES keeps it in halves, and what reuses memory spares the end."""
_PAGE = 4_096
_WRITABLE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw", re.MULTILINE)


def mask(text: str) -> str:
    """Every sign another one; twice is ``text`` again."""
    return "".join(chr(ord(sign) ^ 1) for sign in text)


class Memory:
    """All that a process may write to, as it is now, but for pages of one and the same byte."""

    def __init__(self, pid: int) -> None:
        areas = _WRITABLE.findall(Path(f"/proc/{pid}/maps").read_text("utf-8"))
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            read = (_read(memory, int(start, 16), int(end, 16)) for start, end in areas)
            pages = (data[start : start + _PAGE] for data in read for start in range(0, len(data), _PAGE))
            self._data = b"".join(page for page in pages if page.count(page[:1]) < len(page))

    def count_key(self, key: bytes) -> int:
        """In how many places there is half of ``key`` or more, in any form."""
        return sum(map(self._data.count, list_forms(key)))

    def find(self, forms: set[bytes]) -> set[bytes]:
        """Those of ``forms`` that are there."""
        return {form for form in forms if form in self._data}

    def count_text(self, text: str) -> int:
        """How many copies of ``text`` there are, as bytes or as Python keeps a string."""
        return sum(map(self._data.count, {text.encode(coding) for coding in ("utf-8", "latin-1", "utf-16-le")}))


def list_forms(key: bytes) -> set[bytes]:
    """Pieces of ``key`` as they are, backwards, and in the words of four bytes that AES in C makes of them; the whole
    in hexadecimal, as SQLCipher takes it, and in base64 whatever stands before.
    """
    pieces = [key[start : start + PIECE] for start in range(0, len(key), PIECE)]
    return {form for piece in pieces for form in _turn(piece)} | set(_write(key))


def _turn(piece: bytes) -> Iterator[bytes]:
    yield piece
    yield piece[::-1]
    yield b"".join(pack(">I", word) for (word,) in iter_unpack("<I", piece))


def _write(key: bytes) -> Iterator[bytes]:
    yield key.hex().encode()
    yield key.hex().upper().encode()
    for shift in range(3):
        yield base64.b64encode(key[shift : shift + (len(key) - shift) // 3 * 3])


def _read(memory: BinaryIO, start: int, end: int) -> bytes:
    """What can be read from ``start`` on: the system may withhold the rest."""
    memory.seek(start)
    data = bytearray()
    try:
        while part := memory.read(end - start - len(data)):
            data += part
    except OSError:
        pass
    return bytes(data)


class Rememberer:
    """A program of ``tests.security.remembering`` or ``watching``."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def do(self, act: str, *typed: str) -> str:
        """Have it do ``act`` to the end, or until it says that it waits; its answer."""
        self._tell(json.dumps([act, *map(mask, typed)]))
        return self.hear()

    def go_on(self) -> None:
        """Have it end what it stopped in the middle of."""
        self._tell("")
        self.hear()

    def hear(self) -> str:
        assert self._process.stdout
        return mask(json.loads(self._process.stdout.readline()) or "")

    def look(self) -> Memory:
        """Its memory now."""
        return Memory(self._process.pid)

    def _tell(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()


@contextmanager
def run_rememberer(program: str, places: Iterable[Path], environment: Mapping[str, str]) -> Iterator[Rememberer]:
    """``program``: a module of ``tests.security``. ``places``: its data and its assets."""
    command = [sys.executable, "-m", f"tests.security.{program}", *map(str, places)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=dict(environment)) as process:
        try:
            yield Rememberer(process)
        finally:
            process.kill()
