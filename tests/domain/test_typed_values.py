from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.typed_values import date_typed, parse_date, parse_email, parse_moment, parse_number, parse_phone
from mes_app.domain.values import PartialDate


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2019", "2019"),
        ("2019-05", "2019-05"),
        ("2019-5-3", "2019-05-03"),
        ("05/2019", "2019-05"),
        ("3/5/2019", "2019-05-03"),
        ("03.05.2019", "2019-05-03"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_a_date_is_typed_as_far_as_it_is_known(typed: str, kept: str) -> None:
    assert parse_date(typed) == PartialDate(text=kept)


@pytest.mark.parametrize(
    "typed", ["", "hier", "19", "2019-13", "29/02/2023", "0000", "0001", "2019-05-03T10:00", "2019-", "٢٠١٩"]
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert parse_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-11-21T10:30", "2026-11-21T10:30:00+01:00"),
        ("21/11/2026 10:30", "2026-11-21T10:30:00+01:00"),
        ("2026-07-21T10:30:05", "2026-07-21T10:30:05+02:00"),
        ("2026-07-21T10:30Z", "2026-07-21T10:30:00+00:00"),
        ("2026-07", "2026-07"),
    ],
)
def test_a_time_is_that_of_paris_unless_it_gives_its_offset(typed: str, kept: str) -> None:
    assert parse_moment(typed) == PartialDate(text=kept)


@pytest.mark.parametrize("typed", ["2026-07T10:30", "2026-07-21T25:00", "2026-07-21T10", "T10:30", "10:30"])
def test_a_time_needs_its_day(typed: str) -> None:
    assert parse_moment(typed) is None


@pytest.mark.parametrize(
    ("typed", "kept"), [("72,50", "72.50"), ("1 200", "1200"), ("1\u202f200,5", "1200.5"), ("-3", "-3")]
)
def test_a_number_keeps_its_digits(typed: str, kept: str) -> None:
    assert str(parse_number(typed)) == str(Decimal(kept))


@pytest.mark.parametrize("typed", ["", "douze", "1e5", "1,2,3", "12 kg", "NaN", "9" * 13, "1 2, 5"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert parse_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0639980000", "06 39 98 00 00"),
        ("06.39.98.00.00", "06 39 98 00 00"),
        ("(01) 99 00-00 00", "01 99 00 00 00"),
        ("+33 6 39 98 00 00", "+33 6 39 98 00 00"),
        ("0032 470 00 00 00", "0032 470 00 00 00"),
    ],
)
def test_a_telephone_number_is_written_in_one_way_however_it_was_typed(typed: str, kept: str) -> None:
    assert parse_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "06 39 98 00", "06 39 98 00 00 1", "639980000", "+33", "+0 639980000", "le soir"]
)
def test_what_is_no_telephone_number_is_none(typed: str) -> None:
    assert parse_phone(typed) is None


@pytest.mark.parametrize(
    ("typed", "is_address"),
    [
        ("a.b+c@mail.exemple.fr", True),
        ("é@exemple.fr", True),
        ("a@exemple", False),
        ("a b@exemple.fr", False),
        ("@exemple.fr", False),
    ],
)
def test_a_mail_address_has_a_name_and_a_domain(typed: str, is_address: bool) -> None:
    assert parse_email(typed) == (typed if is_address else None)


def test_a_form_holds_the_day_or_the_time_in_paris() -> None:
    moment = PartialDate(text="2026-11-20T23:30:00Z")
    assert date_typed(moment, timed=True) == "2026-11-21T00:30"
    assert date_typed(moment, timed=False) == "2026-11-21"
    assert date_typed(PartialDate(text="2019-05"), timed=True) == "2019-05"


@given(st.text(alphabet="0129/-.T: Z+,é٢\u202f", max_size=20))
def test_whatever_is_typed_is_read_or_none(text: str) -> None:
    number, day, moment = parse_number(text), parse_date(text), parse_moment(text)
    assert number is None or number.is_finite()
    assert day is None or (moment == day and day.day is not None)
    assert moment is None or moment.key
