from mes_app.domain.record import Source
from mes_app.domain.sections.habits import Habit
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.reading import opened


def test_a_habit_opens_as_a_topic_and_an_answer() -> None:
    assert opened("tobacco") == Habit(
        topic=Coded(text="Tabac", code="72166-2", system="http://loinc.org"),
        answer="Ancien fumeur",
        date=PartialDate(text="2026-01"),
        source=Source.SELF,
        author="Camille MARTIN",
    )
