"""Tables as files hold them."""

import pytest

from mes_app.domain.measure_tables import Line
from mes_app.errors import Reason, Rejected
from mes_app.formats import tables
from mes_app.formats.tables import read_table

TEXT = "Date;Poids (kg);Remarque\n2026-01-10;61,5;à jeun\n"
LINES = [Line(1, ("Date", "Poids (kg)", "Remarque")), Line(2, ("2026-01-10", "61,5", "à jeun"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_table_is_read_in_any_common_encoding(encoding: str) -> None:
    assert read_table(TEXT.encode(encoding)) == LINES


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_separator_is_that_which_cuts_lines_alike(delimiter: str) -> None:
    assert read_table(TEXT.replace(";", delimiter).encode()) == LINES


def test_lines_are_counted_as_in_the_file_with_commas_quotes_and_lines_within_cells() -> None:
    data = b'Glucose Data,Created\r\n\r\nDate,"Weight (kg)",Note\r\n2026-01-10,61.5,"a\nb, c"\r\n2026-01-11,61,\r\n'
    assert [(line.number, len(line.cells)) for line in read_table(data)] == [(1, 2), (3, 3), (4, 3), (6, 3)]


@pytest.mark.parametrize(
    "data",
    [
        b"a;b\n" * (tables.MOST_LINES + 1),
        b";" * tables.MOST_CELLS + b"a\n",
        b"a;" + b"x" * (tables.LONGEST_CELL + 1),
        b'a;"' + b"x" * 200_000,
        b" " * (tables.LARGEST + 1),
    ],
    ids=["lines", "cells", "cell", "quote", "bytes"],
)
def test_what_would_take_too_much_memory_is_refused(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        read_table(data)
    assert (caught.value.field, caught.value.reason) == ("file", Reason.TOO_COMPLEX)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Rejected) as caught:
        read_table(b"\x00\x01\x02\x00\x03;\x00\x00")
    assert caught.value.reason is Reason.DAMAGED_FILE


def test_nothing_has_no_lines() -> None:
    assert read_table(b"") == []
