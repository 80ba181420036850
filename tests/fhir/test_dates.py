from mes_app.domain.values import PartialDate
from mes_app.fhir.dates import date_text, read_date, read_end


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
