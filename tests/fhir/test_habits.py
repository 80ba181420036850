from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.habits import Habit
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.bodies import write_body
from tests.fhir.encoding import CODED, DATES, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import body, opened, sample

ENTRIES = st.builds(
    Habit,
    source=st.just(Source.SELF),
    topic=CODED,
    answer=st.none() | TEXTS,
    date=st.none() | DATES,
    note=st.none() | TEXTS,
)


def test_a_habit_opens_as_a_topic_and_an_answer() -> None:
    assert opened("tobacco") == Habit(
        topic=Coded(text="Tabac", code="72166-2", system="http://loinc.org"),
        answer="Ancien fumeur",
        date=PartialDate(text="2026-01"),
        source=Source.SELF,
        author="Camille MARTIN",
    )


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Habit, second: Habit) -> None:
    check_writing(Kind.HABITS, first, second)


def test_another_answer_takes_the_place_of_the_coded_one() -> None:
    former = opened("tobacco")
    assert written(Kind.HABITS, former, body("tobacco")) == sample("tobacco")
    changed = written(Kind.HABITS, former.model_copy(update={"answer": "Fumeur"}), body("tobacco"))
    assert changed == sample("tobacco", valueCodeableConcept=None) | {"valueString": "Fumeur"}


def test_a_habit_known_by_its_code_alone_stays_one_under_another_name() -> None:
    former = sample("tobacco", category=None)
    food = Habit(source=Source.SELF, author="Camille MARTIN", topic=Coded(text="Alimentation"), answer="Ancien fumeur")
    changed = written(Kind.HABITS, food.model_copy(update={"date": PartialDate(text="2026-01")}), write_body(former))
    assert changed["category"][0]["coding"][0]["code"] == "social-history"
    assert changed["code"] == {"text": "Alimentation"}
