"""What may be reported."""

import pytest

from mes_app.domain.remarks import read_remark
from mes_app.errors import Reason, Rejected


def test_a_remark_keeps_its_lines_up_to_3000_characters() -> None:
    assert read_remark("  Ce n’était pas moi.\nÀ corriger. ") == "Ce n’était pas moi.\nÀ corriger."
    assert read_remark("x" * 3000) == "x" * 3000


@pytest.mark.parametrize(("typed", "reason"), [(" \n ", Reason.MISSING), ("x" * 3001, Reason.TOO_LONG)])
def test_neither_nothing_nor_too_much_is_a_remark(typed: str, reason: Reason) -> None:
    with pytest.raises(Rejected, match=reason) as refused:
        read_remark(typed)
    assert refused.value.field == "text"
