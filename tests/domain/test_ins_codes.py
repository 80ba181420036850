"""The square code of a health identity, pasted: who it names, and why it names nobody. All of them are fictional."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.ins_codes import Traits, read_ins
from mes_app.domain.people import Sex
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected

HEADER = "IS01" + "0" * 22
GS = "\x1d"
NUMBER = "255081416802538"
BLOCKS = (
    f"S1{NUMBER}",
    "S21.2.250.1.213.1.4.10",
    f"S3ANNE-MARIE SOPHIE{GS}",
    f"S4D'ARSONVAL{GS}",
    "S5F",
    "S612-08-1955",
    "S714168",
)
ANNE = Traits("Anne-Marie", "D'Arsonval", PartialDate(text="1955-08-12"), Sex.FEMALE)


def code(*blocks: str) -> str:
    return HEADER + "".join(blocks)


@pytest.mark.parametrize(
    "text",
    [
        code(*BLOCKS),
        code(*reversed(BLOCKS)),
        code(*BLOCKS).replace(GS, ""),
        code(*BLOCKS[:-1]),
        f" {code(*BLOCKS)}\n",
        code(*BLOCKS).replace("4.10", f"4.8{GS}"),
    ],
)
def test_a_code_names_a_person_in_any_order_with_or_without_its_separators(text: str) -> None:
    assert read_ins(text) == ANNE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.NOT_A_CODE),
        (NUMBER, Reason.NOT_A_CODE),
        ("DC01" + code(*BLOCKS)[4:], Reason.NOT_A_CODE),
        (code(*BLOCKS[1:]), Reason.NOT_A_CODE),
        (code(*BLOCKS, BLOCKS[4]), Reason.NOT_A_CODE),
        (code(*BLOCKS, "S8X"), Reason.NOT_A_CODE),
        (code(*BLOCKS[:4], "S5X", *BLOCKS[5:]), Reason.NOT_A_CODE),
        (code(BLOCKS[0], "S21.2.250.1.213.1.4.7", *BLOCKS[2:]), Reason.NOT_A_CODE),
        (code(*BLOCKS[:2], "S3  ", *BLOCKS[3:]), Reason.NOT_A_CODE),
        (code(*BLOCKS) + "0" * 400, Reason.NOT_A_CODE),
        (code(*BLOCKS).replace(NUMBER, "255081416802539"), Reason.MISTYPED),
        (code(*BLOCKS).replace("12-08", "31-02"), Reason.NOT_A_DATE),
    ],
)
def test_what_names_nobody_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        read_ins(text)
    assert (refused.value.field, refused.value.reason) == ("ins", reason)


def test_z12_what_is_refused_is_not_told() -> None:
    with pytest.raises(Rejected) as refused:
        read_ins(code(*BLOCKS).replace(NUMBER, "255081416802539"))
    assert "2550814" not in f"{refused.value} {refused.value!r}"


NAMES = st.from_regex(r"\A[A-Z][A-Z' -]{0,30}\Z")


@given(st.permutations(BLOCKS), NAMES, NAMES)
def test_names_are_told_from_the_blocks_around_them(blocks: list[str], first: str, family: str) -> None:
    changed = {"S3": f"S3{first}{GS}", "S4": f"S4{family}{GS}"}
    said = read_ins(code(*(changed.get(block[:2], block) for block in blocks)))
    assert said.family_name == " ".join(family.split()).title()
    assert said.first_name == first.split(maxsplit=1)[0].title()


@given(st.text("S1234567MF- \x1dA.", max_size=120))
def test_any_text_names_somebody_or_is_refused(text: str) -> None:
    with suppress(Rejected):
        read_ins(HEADER + text)
