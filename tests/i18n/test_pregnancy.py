import pytest

from mes_app.i18n.pregnancy import pregnancy_end, pregnancy_week


@pytest.mark.parametrize(("weeks", "days", "words"), [(23, 4, "23 SA + 4 j"), (23, 0, "23 SA"), (0, 1, "0 SA + 1 j")])
def test_a_week_is_told_as_professionals_do(weeks: int, days: int, words: str) -> None:
    assert pregnancy_week(weeks, days) == words


@pytest.mark.parametrize(
    ("status", "until", "words"),
    [
        ("ended", "2025-03", "Terminée\u00a0: mars 2025"),
        ("birth", "2025", "Naissance\u00a0: 2025"),
        ("ended", "", "Grossesse terminée"),
        ("birth", "", "Grossesse terminée par une naissance"),
        ("current", "", "Grossesse en cours"),
    ],
)
def test_whatever_its_end_it_is_told_soberly(status: str, until: str, words: str) -> None:
    assert pregnancy_end(status, until) == words
