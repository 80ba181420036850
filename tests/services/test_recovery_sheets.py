"""A recovery code is not lost: it can be printed, and is asked back before it is kept."""

import asyncio
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from mes_app.crypto.recovery_codes import make_recovery_code
from mes_app.services.recovery_sheets import CopyCheck, RecoverySheets, ask_groups, split_groups

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
GROUPS = ("7K2M", "0QX9", "B4TD", "WZ81", "H5NC", "3RVE", "P6SA")


def test_the_sheet_says_the_code_and_is_named_for_nobody() -> None:
    sheets = RecoverySheets(FONTS, lambda: datetime(2026, 11, 21, tzinfo=UTC))
    content = asyncio.run(sheets.make("-".join(GROUPS)))
    said = PdfReader(io.BytesIO(content.data)).pages[0].extract_text()
    assert all(group in said for group in GROUPS)
    assert (content.content_type, content.file_name) == ("application/pdf", "fiche-recuperation.pdf")


def test_two_different_groups_are_asked_in_order_and_all_of_them_in_turn() -> None:
    code = make_recovery_code()
    asked = [ask_groups(code).numbers for _ in range(300)]
    assert all(len(numbers) == 2 and numbers[0] < numbers[1] for numbers in asked)
    assert {number for numbers in asked for number in numbers} == set(range(1, len(split_groups(code)) + 1))


@pytest.mark.parametrize("typed", ["0QX9", "oqx9", " OQX9 "])
def test_a_group_is_right_however_it_is_typed(typed: str) -> None:
    assert CopyCheck((2, 4), GROUPS).find_wrong({2: typed, 4: "wz8l"}) == frozenset()


def test_each_wrong_group_is_told() -> None:
    assert CopyCheck((2, 4), GROUPS).find_wrong({2: "7K2M", 4: "WZ81"}) == {2}
    assert CopyCheck((2, 4), GROUPS).find_wrong({2: "", 4: "WZ8"}) == {2, 4}


def test_the_groups_asked_are_not_printed() -> None:
    assert "0QX9" not in repr(CopyCheck((2, 4), GROUPS))
