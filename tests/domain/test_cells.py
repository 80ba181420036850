"""Words in cells of a table."""

from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.cells import arm, disarm

_WORDS = st.text("'=+-@\t\n ax", max_size=6)


@given(_WORDS)
def test_no_words_are_a_formula_and_all_come_back_as_they_were(words: str) -> None:
    assert not disarm(words).startswith(("=", "+", "-", "@", "\t", "\n"))
    assert arm(disarm(words)) == words


def test_plain_words_stay_plain() -> None:
    assert (disarm("au repos"), arm("'hier")) == ("au repos", "'hier")
