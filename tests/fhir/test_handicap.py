from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.handicap import Handicap
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.encoding import CODED, DATES, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import body, opened, sample

ENTRIES = st.builds(
    Handicap,
    source=st.just(Source.SELF),
    topic=CODED,
    answer=st.none() | TEXTS,
    date=st.none() | DATES,
    note=st.none() | TEXTS,
)


def test_a_handicap_opens_as_a_topic_and_an_answer() -> None:
    assert opened("handicap") == Handicap(
        topic=Coded(text="Handicap auditif"),
        answer="Appareillage bilatéral, taux 50-79 %",
        date=PartialDate(text="2022"),
        source=Source.SELF,
        author="Camille MARTIN",
    )


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Handicap, second: Handicap) -> None:
    check_writing(Kind.HANDICAP, first, second)


def test_a_handicap_that_changes_keeps_its_category() -> None:
    changed = opened("handicap").model_copy(update={"topic": Coded(text="Surdité"), "note": "Depuis l'enfance"})
    words = {"code": {"text": "Surdité"}, "note": [{"text": "Depuis l'enfance"}]}
    assert written(Kind.HANDICAP, changed, body("handicap")) == sample("handicap") | words
