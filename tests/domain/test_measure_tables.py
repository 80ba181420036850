"""Tables of measures, line by line."""

import gc
from dataclasses import replace
from decimal import Decimal

import pytest

from mes_app.domain.measure_columns import Column, Role
from mes_app.domain.measure_tables import Fault, Line, Reading, Sheet, lay_out, make_sheet, read_sheet
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.written_moments import DateOrder
from mes_app.errors import Reason


def sheet(*lines: str) -> Sheet:
    return make_sheet("t.csv", [Line(number, tuple(line.split(";"))) for number, line in enumerate(lines, 1)])


def read(*lines: str) -> list[Reading | Fault | None]:
    found = sheet(*lines)
    assert found.is_clear
    return list(read_sheet(found))


def tell(*lines: str) -> list[tuple[object, ...]]:
    return [
        (one.line, one.measure and one.measure.value, one.date, one.value, one.value2, one.unit)
        if isinstance(one, Reading)
        else (one.line, one.reason, one.told)
        if one
        else ()
        for one in read(*lines)
    ]


def test_a_line_gives_each_of_its_measures_with_its_number_in_the_file() -> None:
    assert tell("Omron", "Date;Time;Systolic (mmHg);Diastolic (mmHg);Pulse (bpm)", "Jan 12 2025;08:12;114;74;47") == [
        (3, "bp", "2025-01-12T08:12:00+01:00", Decimal(114), Decimal(74), "mm[Hg]"),
        (3, "heart_rate", "2025-01-12T08:12:00+01:00", Decimal(47), None, "/min"),
    ]


def test_faults_are_told_beside_the_good_lines() -> None:
    assert tell(
        "Date;SYS(mmHg);DIA(mmHg);Poids (kg)",
        "13/01/2025;120;-;70,5",
        "hier;;;70",
        "13/01/2025;;;soixante",
        "13/01/2025;;;",
        "13/01/2025;;;12 lieues",
    ) == [
        (2, Reason.MISSING, "120"),
        (2, "weight", "2025-01-13", Decimal("70.5"), None, "kg"),
        (3, Reason.NOT_A_DATE, "hier"),
        (4, Reason.NOT_A_NUMBER, "soixante"),
        (),
        (6, Reason.NOT_A_CHOICE, "12 lieues"),
    ]


def test_a_number_stays_in_its_unit_unless_only_its_decimal_point_moves() -> None:
    assert tell("Date;Taille (m);Weight (lb)", "2025-01-02;1,705;154.3") == [
        (2, "height", "2025-01-02", Decimal("170.5"), None, "cm"),
        (2, "weight", "2025-01-02", Decimal("154.3"), None, "[lb_av]"),
    ]
    assert tell("Date;Tension", "2025-01-02;12,5/8", "2025-01-03;13/8")[0][3:] == (Decimal(125), Decimal(80), "mm[Hg]")


def test_a_unit_is_found_where_numbers_are_believable_in_one_alone_else_asked() -> None:
    assert sheet("Date;Heart rate;Systolic;Diastolic", "2025-01-12;64;130;85").is_clear
    assert sheet("Date;Poids", "2025-01-12;70").layout[1].unit == "kg"
    assert sheet("Date;Weight", "2025-01-12;150").list_unsaid() == [1]
    assert tell("Date;Weight", "2025-01-12;150 lb", "2025-01-13;70 kg")[1][3:] == (Decimal(70), None, "kg")
    unsure = sheet("Date;Glycémie", "2025-01-12;5,4")
    assert (unsure.is_clear, unsure.list_unsaid()) == (False, [1])
    said = lay_out(unsure, (Column(Role.DATE), Column(Role.VALUE, MeasureType.GLUCOSE, "mmol/L")))
    assert said.is_clear


def test_the_order_of_dates_is_asked_where_the_column_does_not_tell() -> None:
    unsure = sheet("Date;Poids (kg)", "03/04/2026;61")
    assert (unsure.order, unsure.is_clear) == (None, False)
    with pytest.raises(ValueError, match="asked first"):
        list(read_sheet(unsure))
    (one,) = read_sheet(replace(unsure, order=DateOrder.MONTH_FIRST))
    assert isinstance(one, Reading)
    assert one.date == "2026-03-04"


def test_lines_that_each_tell_their_measure_are_read_by_code_or_by_name() -> None:
    header = "Mesure;Date;Valeur;Unité;Commentaire"
    assert tell(header, "Poids;2025-01-02;70,5;kg;à jeun", "Masse grasse;2025-01-02;19;%;", ";2025-01-02;1;kg;") == [
        (2, "weight", "2025-01-02", Decimal("70.5"), None, "kg"),
        (3, None, "2025-01-02", Decimal(19), None, "%"),
        (4, Reason.NOT_A_CHOICE, "1"),
    ]


def test_a_dash_is_nothing_and_only_a_pressure_has_two_numbers() -> None:
    header = "Mesure;Date;Heure;Valeur;Deuxième valeur;Unité;Commentaire"
    (one,) = read(header, "Poids;2025-01-02;-;70;30;kg;-")
    assert isinstance(one, Reading)
    assert (one.date, one.value, one.value2, one.note) == ("2025-01-02", Decimal(70), None, "")


def test_names_units_and_answers_are_bounded_and_what_a_spreadsheet_would_run_is_read_as_it_was() -> None:
    header = "Mesure;Code LOINC;Date;Valeur;Unité;Réponse"
    assert [line[1] for line in tell(header, f"{'x' * 301};;2025-01-02;1;;", f"x;;2025-01-02;1;{'x' * 41};")] == [
        Reason.TOO_LONG, Reason.TOO_LONG,
    ]  # fmt: skip
    (one,) = read(header, "'=x;;2025-01-02;1;'@u;")
    assert isinstance(one, Reading)
    assert (one.title, one.unit) == ("=x", "@u")
    (one,) = read(header, "x;;2025-01-02;;;'-1 \u202efaible")
    assert isinstance(one, Reading)
    assert one.text == "-1 faible"


def test_a_table_without_names_is_laid_out_by_a_person() -> None:
    bare = sheet("2025-01-02;70,5", "2025-01-03;70,1")
    assert (bare.header, bare.width, bare.is_clear, len(bare.lines)) == ((), 2, False, 2)
    said = lay_out(bare, (Column(Role.DATE), Column(Role.VALUE, MeasureType.WEIGHT, "kg")))
    assert [one.value for one in read_sheet(said) if isinstance(one, Reading)] == [Decimal("70.5"), Decimal("70.1")]
    assert sheet("Quand;Combien", "2025-01-02;70,5").header == ("Quand", "Combien")


def test_a_hundred_thousand_of_them_do_not_stop_the_process_for_the_garbage_collector() -> None:
    assert not any(map(gc.is_tracked, (Line(1, ("a", "b")), Reading(line=1, measure=None, value=Decimal(1)))))
