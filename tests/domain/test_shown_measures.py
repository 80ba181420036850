"""A measure in the unit its person uses, and back in the one it is stored in."""

from decimal import Decimal

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.measures import Measure
from mes_app.domain.shown_measures import open_measure, show_measure, show_range, show_row, store_measure


def row(category: str, value: float | None, unit: str, value2: float | None = None) -> Row:
    return Row(id="r", profile="p", kind=Kind.MEASURES, category=category, value=value, unit=unit, value2=value2)


def told(shown: Row) -> tuple[float | None, float | None, str]:
    return shown.value, shown.value2, shown.unit


def test_a_row_is_shown_in_the_unit_chosen_or_in_that_of_its_scale() -> None:
    assert told(show_row(row("weight", 3.45, "kg"), {"weight": "g"})) == (3450, None, "g")
    assert told(show_row(row("weight", 150, "[lb_av]"), {})) == (68.04, None, "kg")
    assert told(show_row(row("bp", 128, "mmHg", 82), {"bp": "cm[Hg]"})) == (12.8, 8.2, "cm[Hg]")
    assert told(show_row(row("glucose", 5.5, "mmol/L"), {"glucose": "g/L"})) == (0.99, None, "g/L")


def test_a_row_that_cannot_be_converted_is_shown_as_it_is() -> None:
    assert told(show_row(row("glucose_int", 71, "%"), {})) == (71, None, "%")
    assert told(show_row(row("weight", None, ""), {})) == (None, None, "")
    assert told(show_row(row("", 12, "cm"), {})) == (12, None, "cm")


def test_a_form_shows_nothing_that_was_computed() -> None:
    sugar = Measure(title="Glycémie", measure=MeasureType.GLUCOSE, value=Decimal(94), unit="mg/dL")
    assert open_measure(sugar, {"glucose": "mmol/L"}) == sugar
    assert open_measure(sugar, {"glucose": "g/L"}).value == Decimal("0.94")
    assert show_measure(sugar, {"glucose": "mmol/L"}).value == Decimal("5.22")


def test_a_measure_is_stored_in_the_unit_of_its_scale_where_no_digit_is_lost() -> None:
    tall = Measure(title="Taille", measure=MeasureType.HEIGHT, value=Decimal("1.70"), unit="m")
    assert (str(store_measure(tall).value), store_measure(tall).unit) == ("170", "cm")
    warm = Measure(title="Température", measure=MeasureType.TEMPERATURE, value=Decimal("98.6"), unit="[degF]")
    assert store_measure(warm) == warm


def test_a_range_goes_with_its_value() -> None:
    usual = Range(low=Decimal("0.70"), high=Decimal("1.10"), unit="g/L")
    assert show_range(usual, "glucose", "mg/dL", "mg/dL") == usual
    shown = show_range(usual, "glucose", "g/L", "mg/dL")
    assert (shown.low, shown.high, shown.unit) == (Decimal(70), Decimal(110), "mg/dL")
    assert show_range(usual, "weight", "g/L", "kg") == usual
