from datetime import date

import pytest

from mes_app.domain.newcomers import LONGEST_NAME, Newcomer, read_newcomer, split_name
from mes_app.domain.people import Sex
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected

TODAY = date(2026, 11, 22)
UNUSUAL = "788056938301295"
"""Of somebody whose number is provisional."""
ZOE = {"first_name": "Zoé", "family_name": "Martin", "birth": "2026-11-20"}


def test_a_name_and_a_day_of_birth_are_enough() -> None:
    assert read_newcomer(ZOE, TODAY) == Newcomer(
        first_name="Zoé", family_name="Martin", birth=PartialDate(text="2026-11-20")
    )


def test_what_is_typed_is_taken_as_people_type_it() -> None:
    typed = {"first_name": "  Zoé ", "family_name": "Martin  Durand", "birth": "20/11/2026", "sex": "female"}
    found = read_newcomer(typed, TODAY)
    assert (found.first_name, found.family_name, found.birth.text) == ("Zoé", "Martin Durand", "2026-11-20")
    assert found.sex is Sex.FEMALE


def test_a_birth_known_in_part_is_a_birth() -> None:
    assert read_newcomer(ZOE | {"birth": "1941"}, TODAY).birth.text == "1941"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("first_name", " ", Reason.MISSING),
        ("family_name", "", Reason.MISSING),
        ("family_name", "M" * (LONGEST_NAME + 1), Reason.TOO_LONG),
        ("birth", "", Reason.MISSING),
        ("birth", "hier", Reason.NOT_A_DATE),
        ("birth", "2026-02-30", Reason.NOT_A_DATE),
        ("birth", "2026-11-23", Reason.IN_THE_FUTURE),
        ("sex", "elle", Reason.NOT_A_CHOICE),
        ("nir", "2 55 08 14 168 025 39", Reason.MISTYPED),
        ("nir", UNUSUAL, Reason.OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field: str, value: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        read_newcomer(ZOE | {field: value}, TODAY)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_a_name_said_in_one_breath_begins_with_the_first_name() -> None:
    assert split_name("Zoé Martin Durand") == {"first_name": "Zoé", "family_name": "Martin Durand"}
    assert split_name("Zoé") == {"first_name": "Zoé", "family_name": ""}


def test_a_number_is_kept_without_its_spaces_confirmed_where_it_is_uncommon_and_never_printed() -> None:
    found = read_newcomer(ZOE | {"nir": "2 55 08 14 168 025 38"}, TODAY)
    assert found.nir == "255081416802538"
    assert "255081" not in repr(found)
    assert read_newcomer(ZOE | {"nir": UNUSUAL}, TODAY, confirmed=True).nir == UNUSUAL
    assert read_newcomer(ZOE | {"nir": " "}, TODAY).nir is None
