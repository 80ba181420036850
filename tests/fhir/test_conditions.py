from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.conditions import Condition, ConditionStatus
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.reading import opened, summary


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
