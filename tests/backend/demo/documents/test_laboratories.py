from collections.abc import Callable
from datetime import date

import pytest

from mes_backend.demo.documents.laboratories import Analyte, Result, make_report, write_number
from mes_backend.demo.professionals import list_professionals

TSH = Analyte("tsh", "TSH", "BILAN THYROÏDIEN", "3016-3", "mUI/L", "m[IU]/L", 0.4, 4.0)
RESULTS = [Result(TSH, 9.8, (4.6, date(2026, 5, 15)))]


def test_a_value_out_of_range_is_marked_and_the_earlier_one_recalled(print_text: Callable[..., str]) -> None:
    body = make_report(RESULTS, sampled="ce matin", prescriber="Dr Hélène Aubry", comment="À contrôler.")
    text = print_text(list_professionals()["garnier"], body)
    for word in ("BILAN THYROÏDIEN", "9,8 *", "0,4 à 4", "4,6 (15/05/2026)", "À contrôler.", "Dr Hélène Aubry"):
        assert word in text
    assert "PARTIELS" not in text


def test_an_incomplete_report_says_so(print_text: Callable[..., str]) -> None:
    body = make_report(RESULTS, sampled="ce matin", prescriber="Dr Hélène Aubry", partial=True)
    assert "RÉSULTATS PARTIELS" in print_text(list_professionals()["garnier"], body)


@pytest.mark.parametrize(
    ("low", "high", "text"), [(None, 2.0, "≤ 2"), (0.5, None, "≥ 0,5"), (1.0, 2.5, "1 à 2,5"), (None, None, "")]
)
def test_a_range_is_written_in_french(low: float | None, high: float | None, text: str) -> None:
    analyte = Analyte("x", "X", "P", "1-1", "g/L", "g/L", low, high)
    assert analyte.range_text == text
    assert not analyte.is_out_of_range(1.5)
    assert write_number(None) == ""
