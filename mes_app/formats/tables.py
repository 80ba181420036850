"""Tables as devices, apps and spreadsheets write them (CSV): bytes of any common encoding into lines of cells.

Bounded, and nothing in a cell is judged here: what the columns are is found by ``domain.measure_tables``.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from mes_app.domain.measure_tables import Line
from mes_app.errors import Reason, Rejected

LARGEST = 30_000_000
MOST_LINES = 100_000
MOST_CELLS = 100
LONGEST_CELL = 10_000
"""Characters: a comment has 3,000 at most."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DELIMITERS = (";", ",", "\t", "|")
_TRIED = 50
"""Lines by which the separator is judged."""


def read_table(data: bytes) -> list[Line]:
    """The lines that are not empty, each with its number in the file.

    Raises Rejected("file"): TOO_COMPLEX (too large, too many lines or cells, a cell too long), DAMAGED_FILE for what is
    no text.
    """
    if len(data) > LARGEST:
        raise Rejected("file", Reason.TOO_COMPLEX)
    text = _decode(data)
    lines: list[Line] = []
    for line in _split(text, _find_delimiter(text)):
        if len(lines) == MOST_LINES:
            raise Rejected("file", Reason.TOO_COMPLEX)
        lines.append(line)
    return lines


def _decode(data: bytes) -> str:
    """Text in the encoding that its mark says; without one UTF-8, else that of Windows."""
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "") or _guess(data[:200])
    for name in (encoding, "cp1252", "latin-1"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Rejected("file", Reason.DAMAGED_FILE)


def _guess(start: bytes) -> str:
    """By where the zeros of plain letters are."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if even == odd:
        return "utf-8"
    return "utf-16-be" if even > odd else "utf-16-le"


def _find_delimiter(text: str) -> str:
    """That which cuts most of the first lines into the same number of cells, as many as it can."""
    best, found = (0, 0), _DELIMITERS[0]
    for delimiter in _DELIMITERS:
        widths = Counter(len(line.cells) for line in islice(_split(text, delimiter), _TRIED))
        widths.pop(1, None)
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        if (count, width) > best:
            best, found = (count, width), delimiter
    return found


def _split(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield Line(begins, tuple(_bound(cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Rejected("file", Reason.TOO_COMPLEX) from error


def _bound(cells: list[str]) -> list[str]:
    if len(cells) > MOST_CELLS or any(len(cell) > LONGEST_CELL for cell in cells):
        raise Rejected("file", Reason.TOO_COMPLEX)
    return cells
