from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.values import Coded, PartialDate
from mes_app.domain.vocabularies import list_choices, make_coded
from tests.fhir.encoding import CODED, DAYS, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import opened, summary

EX_TOOTH = "http://terminology.hl7.org/CodeSystem/ex-tooth"
ENTRIES = st.builds(
    Tooth,
    source=st.just(Source.SELF),
    tooth=CODED
    | st.sampled_from(list_choices(Kind.TEETH, "tooth")).map(lambda one: make_coded(Kind.TEETH, "tooth", one)),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    note=st.none() | TEXTS,
)


def test_a_milk_tooth_opens_by_its_words_with_the_days_it_came_and_fell() -> None:
    assert opened("tooth") == Tooth(
        tooth=Coded(text="Incisive centrale inférieure gauche (71)"),
        since=PartialDate(text="2017-12"),
        until=PartialDate(text="2024-03-09"),
        source=Source.RELATIVE,
        author="Camille MARTIN",
    )
    assert summary("tooth").kind is Kind.TEETH


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Tooth, second: Tooth) -> None:
    check_writing(Kind.TEETH, first, second)


def test_only_permanent_teeth_have_a_code_in_the_table_of_hl7() -> None:
    for number in list_choices(Kind.TEETH, "tooth"):
        site = written(Kind.TEETH, Tooth(source=Source.SELF, tooth=make_coded(Kind.TEETH, "tooth", number)))["bodySite"]
        assert f"({number})" in site["text"]
        permanent = number < "50"
        assert site.get("coding") == ([{"system": EX_TOOTH, "code": number}] if permanent else None)
