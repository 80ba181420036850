"""What a box of vaccine says, however its code was read: with separators, without, or with brackets."""

import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.gs1 import Box, has_right_key, read_box
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected

CIP = "3400930000007"
MAY = PartialDate(text="2027-05")


@pytest.mark.parametrize(
    "text",
    [
        f"010{CIP}1727050010W3R29\x1d21A1B2C3",
        f"]d2010{CIP}1727050010W3R29\x1d21A1B2C3",
        f"\x1d010{CIP}21A1B2C3\x1d1727050010W3R29",
        f"010{CIP}21A1B2C3\u241d10W3R29<GS>17270500",
        f"(01)0{CIP}(17)270500(10)W3R29(21)A1B2C3",
        f" (01) 0{CIP} (17) 270500 (10) W3R29 (21) A1B2C3 (99) autre",
        f"010{CIP}1727050010W3R29",
    ],
)
def test_a_box_says_its_product_its_lot_and_until_when_it_is_good(text: str) -> None:
    assert read_box(text) == Box(CIP, "W3R29", MAY)


def test_a_day_of_expiry_is_kept_and_the_day_00_is_the_whole_month() -> None:
    assert read_box(f"010{CIP}17270531").expires == PartialDate(text="2027-05-31")
    assert read_box(f"010{CIP}17270500").expires == MAY


@pytest.mark.parametrize("text", [CIP, f"0{CIP}", "34009 300 0000 7", " 34009.300.0000.7 "])
def test_the_figures_beside_the_square_are_enough(text: str) -> None:
    assert read_box(text) == Box(CIP)


def test_a_box_from_elsewhere_keeps_its_fourteen_figures() -> None:
    assert read_box("(01)10614141000415").product == "10614141000415"


def test_a_lot_that_may_be_read_in_two_ways_is_left_out_and_the_rest_kept() -> None:
    assert read_box(f"010{CIP}1727050010W3R2921A1B2C3") == Box(CIP, "", MAY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.NOT_A_CODE),
        ("Repevax", Reason.NOT_A_CODE),
        ("1234567", Reason.NOT_A_CODE),
        ("(17)270500(10)W3R29", Reason.NOT_A_CODE),
        (f"(01){CIP}", Reason.NOT_A_CODE),
        (f"boîte (01)0{CIP}", Reason.NOT_A_CODE),
        (f"010{CIP}" + "1" * 300, Reason.NOT_A_CODE),
        ("3400930000008", Reason.MISTYPED),
        ("0103400930000008" + "17270500", Reason.MISTYPED),
        (f"010{CIP}17270231", Reason.NOT_A_DATE),
    ],
)
def test_what_is_no_code_of_a_box_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        read_box(text)
    assert (refused.value.field, refused.value.reason) == ("product", reason)


@given(st.text(max_size=220))
def test_any_text_is_a_box_or_is_refused(text: str) -> None:
    with suppress(Rejected):
        assert has_right_key(read_box(text).product)


@given(st.from_regex(r"\A3400[0-9]{8}\Z"), st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=20))
def test_one_figure_in_ten_is_the_key_and_separators_tell_every_lot(figures: str, lot: str) -> None:
    (cip,) = [figures + key for key in string.digits if has_right_key(figures + key)]
    assert read_box(f"010{cip}10{lot}\x1d17270500") == Box(cip, lot, MAY)


@given(st.text("01271 (),\x1d", min_size=20, max_size=200))
def test_a_code_made_to_be_read_in_many_ways_is_read_at_once(noise: str) -> None:
    with suppress(Rejected):
        assert read_box(f"010{CIP}" + noise).product == CIP
