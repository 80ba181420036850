"""Measures as a spreadsheet opens them."""

import csv
from decimal import Decimal

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Source
from mes_app.domain.sections.measures import Measure
from mes_app.domain.values import PartialDate
from mes_app.pdf.measure_tables import begin_table, write_lines


def read(*entries: Measure) -> list[list[str]]:
    header, *rows = csv.reader((begin_table() + write_lines(entries)).decode("utf-8-sig").splitlines(), delimiter=";")
    assert header[:4] == ["Mesure", "Code LOINC", "Date", "Valeur"]
    return rows


def test_numbers_keep_their_digits_and_dates_what_is_known_of_them() -> None:
    weight = Measure(
        title="", measure=MeasureType.WEIGHT, date=PartialDate(text="2026-05"), value=Decimal("61.50"), unit="kg"
    )
    pressure = Measure(
        title="", measure=MeasureType.BLOOD_PRESSURE, value=Decimal(128), value2=Decimal(82), unit="mm[Hg]",
        source=Source.DEVICE, note="au repos ; assis",
    )  # fmt: skip
    assert read(weight, pressure) == [
        ["Poids", "29463-7", "2026-05", "61,50", "", "kg", "", "Origine non précisée", ""],
        ["Tension artérielle", "85354-9", "", "128", "82", "mm[Hg]", "", "Mesuré par un appareil", "au repos ; assis"],
    ]


def test_words_of_a_record_are_never_a_formula_and_a_negative_number_stays_one() -> None:
    (row,) = read(Measure(title="=cmd|' /C calc'!A0", measure=None, value=Decimal("-1.5"), note="@SUM(A1)"))
    assert (row[0], row[3], row[8]) == ("'=cmd|' /C calc'!A0", "-1,5", "'@SUM(A1)")


def test_a_table_without_measures_has_its_header() -> None:
    assert read() == []
