"""Names of folders."""

import pytest

from mes_app.domain.folders import LONGEST_NAME, check_name
from mes_app.errors import Reason, Rejected


def test_a_name_is_on_one_line_without_what_a_reader_does_not_see() -> None:
    assert check_name("  Genou\n gauche\x00 ") == "Genou gauche"
    assert check_name("é" * LONGEST_NAME) == "é" * 50


@pytest.mark.parametrize(
    ("typed", "reason"), [("", Reason.MISSING), (" \n", Reason.MISSING), ("a" * 51, Reason.TOO_LONG)]
)
def test_a_name_is_something_and_of_fifty_characters_at_most(typed: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        check_name(typed)
    assert (refused.value.field, refused.value.reason) == ("name", reason)
