import json

from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.conditions import Condition, ConditionStatus
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.codec import decode
from mes_app.fhir.concepts import codes
from tests.fhir.encoding import CODED, DATES, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import opened, sample, shared, summary


def test_a_list_shows_the_disease_and_where_it_is() -> None:
    overview = summary("condition")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.CONDITIONS,
        "Thyroïdite auto-immune",
        "Thyroïde",
    )
    assert (overview.date_text, overview.code, overview.status) == ("2019-05", "E06.3", "active")


def test_a_disease_opens() -> None:
    assert opened("condition") == Condition(
        condition=Coded(text="Thyroïdite auto-immune", code="E06.3", system="http://hl7.org/fhir/sid/icd-10"),
        since=PartialDate(text="2019-05"),
        status=ConditionStatus.ACTIVE,
        source=Source.PROFESSIONAL,
        author="Dr Hélène ROUX",
        recorded=PartialDate(text="2019-06-11"),
        note="Suivi annuel.",
    )


def test_a_disease_that_ended_without_a_status_is_resolved() -> None:
    past = opened("condition", clinicalStatus=None, abatementPeriod={"start": "2020", "end": "2021"})
    assert isinstance(past, Condition)
    assert (past.status, past.until) == (ConditionStatus.RESOLVED, PartialDate(text="2021"))


STATUSES = [status for status in ConditionStatus if status is not ConditionStatus.UNKNOWN]
CONDITIONS = st.builds(
    Condition,
    condition=CODED,
    since=st.none() | DATES,
    until=st.none(),
    status=st.sampled_from(STATUSES),
    note=st.none() | TEXTS,
    recorded=st.none() | DATES,
    source=st.just(Source.SELF),
) | st.builds(
    Condition,
    condition=CODED,
    until=DATES,
    status=st.sampled_from([ConditionStatus.RESOLVED, ConditionStatus.REMISSION]),
    source=st.just(Source.SELF),
)


@QUICK
@given(CONDITIONS, CONDITIONS)
def test_a_condition_is_written_as_it_reads(first: Condition, second: Condition) -> None:
    check_writing(Kind.CONDITIONS, first, second.model_copy(update={"recorded": first.recorded}))


def test_without_its_end_a_condition_keeps_the_status_that_the_end_implied() -> None:
    former = json.dumps(sample("condition", clinicalStatus=None, abatementDateTime="2020")).encode()
    ended = decode(Kind.CONDITIONS, former, shared)
    assert isinstance(ended, Condition)
    assert ended.status is ConditionStatus.RESOLVED
    resource = written(Kind.CONDITIONS, ended.model_copy(update={"until": None}), former)
    assert codes(resource["clinicalStatus"]) == ["resolved"]


def test_a_period_keeps_its_other_bound() -> None:
    former = json.dumps(sample("condition", onsetDateTime=None, onsetPeriod={"start": "1990", "end": "1992"})).encode()
    condition = decode(Kind.CONDITIONS, former, shared).model_copy(update={"since": PartialDate(text="1991")})
    assert written(Kind.CONDITIONS, condition, former)["onsetPeriod"] == {"start": "1991", "end": "1992"}
