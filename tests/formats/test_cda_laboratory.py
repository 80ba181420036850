from decimal import Decimal

import pytest

from mes_app.domain.laboratory import Analyte, Place, Range
from mes_app.formats.cda import read_cda
from mes_app.formats.cda_laboratory import MAX_ANALYTES
from tests.formats.clinical_documents import answer, report


def read_answer(value: str) -> str:
    return read_cda(report(answer("CRP", value))).analytes[1].answer


def glucose(**written: str) -> Analyte:
    return read_cda(report(**written)).analytes[0]


def test_a_result_has_its_name_its_value_and_its_usual_range() -> None:
    found = glucose()
    assert (found.name, found.code, found.group) == ("Glycémie à jeun", "14771-0", "Glucides")
    assert found.value
    assert (str(found.value.value), found.value.unit) == ("1.26", "g/L")
    assert found.usual == Range(low=Decimal("0.70"), high=Decimal("1.10"), unit="g/L")
    assert found.date
    assert found.date.text == "2026-11-03T07:30:00+01:00"


def test_the_word_of_the_laboratory_comes_before_the_numbers() -> None:
    assert glucose().place is Place.ABOVE
    assert glucose(value="0.5").place is Place.BELOW
    assert glucose(value="1.10").place is Place.WITHIN
    assert glucose(interpretation='<interpretationCode code="N"/>').place is Place.WITHIN


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('<value xsi:type="ST">négatif</value>', "négatif"),
        ('<value xsi:type="CD" code="x" displayName="Positif"/>', "Positif"),
        (
            '<value xsi:type="CD" code="x"><originalText><reference value="#n1"/></originalText></value>',
            "Glycémie à jeun",
        ),
        ('<value xsi:type="IVL_PQ"><high value="5" unit="mg/L"/></value>', "< 5 mg/L"),
        ('<value xsi:type="IVL_PQ"><low value="90" inclusive="true"/></value>', ">= 90"),
        ('<value xsi:type="IVL_PQ"><low value="1"/><high value="2"/></value>', "1 – 2"),
        (
            '<value xsi:type="RTO_PQ_PQ"><numerator value="1"/><denominator value="80"/></value>',
            "1 : 80",
        ),
    ],
)
def test_an_answer_that_is_no_number_is_told_in_words(value: str, words: str) -> None:
    assert read_answer(value) == words


def test_what_was_not_measured_is_no_line() -> None:
    empty = answer("CRP", '<value nullFlavor="NASK"/>'), answer("", '<value xsi:type="ST">x</value>'), answer("TSH", "")
    assert len(read_cda(report(*empty)).analytes) == 1


def test_a_report_has_no_more_lines_than_a_screen_can_hold() -> None:
    many = answer("CRP", '<value xsi:type="ST">x</value>') * (MAX_ANALYTES + 10)
    assert len(read_cda(report(many)).analytes) == MAX_ANALYTES
