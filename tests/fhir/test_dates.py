import pytest

from mes_app.domain.values import PartialDate
from mes_app.fhir.dates import EXACT, date_text, instant_text, read_date, read_end, read_start


def test_the_first_element_that_is_a_date_wins_and_is_kept_as_written() -> None:
    resource = {"onsetDateTime": "enfance", "onsetPeriod": {"start": "2019-05"}, "recordedDate": "2020"}
    assert date_text(resource, "onsetDateTime", "onsetPeriod", "recordedDate") == "2019-05"
    assert read_date(resource, "recordedDate") == PartialDate(text="2020")


def test_what_is_no_date_is_none() -> None:
    assert read_date({"date": "2019-13-45"}, "date", "absent") is None
    assert read_date({"date": ["2019"]}, "date") is None
    assert read_date({"date": "2019-01-01" + "0" * 1_000_000}, "date") is None


def test_the_end_is_that_of_a_period_or_a_plain_date() -> None:
    assert read_end({"period": {"start": "2019", "end": "2020"}}, "period") == PartialDate(text="2020")
    assert read_end({"period": {"start": "2019"}}, "period") is None
    assert read_end({"abatementDateTime": "2021-03"}, "abatementDateTime") == PartialDate(text="2021-03")


def test_the_start_is_that_of_a_period_or_a_plain_date() -> None:
    assert read_start({"period": {"start": "2019", "end": "2020"}}, "period") == PartialDate(text="2019")
    assert read_start({"period": {"end": "2020"}}, "period") is None
    assert read_start({"onsetDateTime": "2021-03"}, "onsetPeriod", "onsetDateTime") == PartialDate(text="2021-03")


def test_an_instant_is_kept_as_written_or_is_the_first_moment_of_a_date() -> None:
    for text in ("2026-03-01T07:45:00+01:00", "2026-03-01T07:45:00.250Z"):
        assert instant_text(PartialDate(text=text)) == text
    assert instant_text(PartialDate(text="2026-07-01T07:45")) == "2026-07-01T07:45:00+02:00"
    assert instant_text(PartialDate(text="2026-03")) == "2026-03-01T00:00:00+01:00"
    assert instant_text(PartialDate(text="demain")) == instant_text(None) == ""


@pytest.mark.parametrize("exact", ["2020-05", "2019-xx", "", None, 2019])
def test_a_bound_is_not_believed_to_be_more_exactly_another_date(exact: object) -> None:
    beside = {"extension": [{"url": EXACT, "valueDateTime": exact}]}
    assert date_text({"period": {"start": "2019", "_start": beside}}, "period") == "2019"
