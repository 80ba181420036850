from decimal import Decimal

import pytest

from mes_app.fhir.elements import LINE_LIMIT, LIST_LIMIT, TEXT_LIMIT, child, children, line, lines, number, paragraph


def test_a_misplaced_element_reads_as_nothing_or_as_the_first_of_its_list() -> None:
    assert child({"code": "text"}, "code") == {}
    assert child({"code": [1, {"text": "a"}]}, "code") == {"text": "a"}
    assert children({"name": {"family": "A"}}, "name") == [{"family": "A"}]
    assert children({"name": ["A", None, {"family": "B"}]}, "name") == [{"family": "B"}]
    assert list(lines({"given": "Camille"}, "given")) == ["Camille"]
    assert list(lines({"given": [None, "Camille", 3, "Louise"]}, "given")) == ["Camille", "Louise"]


def test_text_on_a_line_has_no_line_break_control_character_or_reversed_writing() -> None:
    assert line("  50 µg\n le\u202e matin\x00\ud800 ") == "50 µg le matin"
    assert line(None) == line(3) == line({"text": "a"}) == ""


def test_huge_text_is_cut_and_says_so() -> None:
    assert line("é" * 1_000_000) == "é" * (LINE_LIMIT - 1) + "…"
    assert len(paragraph("a" * 1_000_000)) == TEXT_LIMIT
    assert len(children({"x": [{}] * 10_000}, "x")) == LIST_LIMIT


def test_a_paragraph_keeps_its_line_breaks() -> None:
    assert paragraph(" un\ndeux\x07 ") == "un\ndeux"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("72.50"), Decimal("72.50")), (3, Decimal(3)), ("7.0", Decimal("7.0")), ("élevé", None), (True, None)],
)
def test_a_number_is_kept_as_written(value: object, expected: Decimal | None) -> None:
    assert str(number(value)) == str(expected)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("1e400"), 10**400, Decimal("1e-99"), [1], {}])
def test_what_no_measure_can_be_is_not_a_number(value: object) -> None:
    assert number(value) is None
