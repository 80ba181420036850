"""Each measure that is known by name: typed in every unit it is said in, stored, written as FHIR, read again, drawn."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import fhirkit
import flet as ft
import flet.canvas as cv

from mes_app.domain.checks import check_entry
from mes_app.domain.forms import build_entry, list_inputs
from mes_app.domain.measure_series import Period, narrow
from mes_app.domain.measure_types import CODE_OF_MEASURE, SCALES, MeasureType
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sections.measures import Measure
from mes_app.domain.units import list_units
from mes_app.services.measure_exports import ExportForm
from mes_app.services.session import Session
from mes_app.views.widgets.series_charts import Drawn, series_chart
from tests.services.family import Json, tell

TODAY = date(2026, 11, 22)


class Typed(NamedTuple):
    """What is typed of a measure: in which unit, then and later; the LOINC code and the unit it is stored under."""

    measure: str
    code: str
    unit: str
    values: tuple[str, str]
    stored: str
    shown: tuple[float, float]


ROWS = [
    Typed("weight", "29463-7", "kg", ("61,50", "62"), "kg", (61.5, 62)),
    Typed("weight", "29463-7", "g", ("3450", "3500"), "kg", (3450, 3500)),
    Typed("height", "8302-2", "cm", ("170", "170.5"), "cm", (170, 170.5)),
    Typed("height", "8302-2", "m", ("1,70", "1,71"), "cm", (1.7, 1.71)),
    Typed("bp", "85354-9", "mm[Hg]", ("128/82", "120/80"), "mm[Hg]", (128, 120)),
    Typed("bp", "85354-9", "cm[Hg]", ("12,8/8", "12/7,5"), "mm[Hg]", (12.8, 12)),
    Typed("heart_rate", "8867-4", "/min", ("64", "71"), "/min", (64, 71)),
    Typed("resp_rate", "9279-1", "/min", ("14", "16"), "/min", (14, 16)),
    Typed("temperature", "8310-5", "Cel", ("37,2", "38"), "Cel", (37.2, 38)),
    Typed("temperature", "8310-5", "[degF]", ("98,6", "100,4"), "[degF]", (98.6, 100.4)),
    Typed("spo2", "2708-6", "%", ("97", "98"), "%", (97, 98)),
    Typed("head_circ", "8287-5", "cm", ("35,2", "36"), "cm", (35.2, 36)),
    Typed("head_circ", "8287-5", "mm", ("352", "360"), "cm", (352, 360)),
    Typed("waist", "8280-0", "cm", ("82", "81,5"), "cm", (82, 81.5)),
    Typed("steps", "41950-7", "1/(24.h)", ("6500", "8120"), "1/(24.h)", (6500, 8120)),
    Typed("pain", "72514-3", "1", ("3", "0"), "1", (3, 0)),
    Typed("glucose", "2345-7", "mg/dL", ("94", "101"), "mg/dL", (94, 101)),
    Typed("glucose", "2345-7", "g/L", ("0,94", "1,01"), "mg/dL", (0.94, 1.01)),
    Typed("glucose", "2345-7", "mmol/L", ("5,2", "5,6"), "mmol/L", (5.2, 5.6)),
    Typed("glucose_int", "MED-969", "mg/dL", ("94", "101"), "mg/dL", (94, 101)),
    Typed("glucose_int", "MED-969", "g/L", ("0,94", "1,01"), "mg/dL", (0.94, 1.01)),
    Typed("glucose_int", "MED-969", "mmol/L", ("5,2", "5,6"), "mmol/L", (5.2, 5.6)),
    Typed("hba1c", "4548-4", "%", ("6,5", "7"), "%", (6.5, 7)),
    Typed("hba1c", "4548-4", "mmol/mol", ("48", "53"), "mmol/mol", (48, 53)),
    Typed("gmi", "MED-972", "%", ("6,9", "7"), "%", (6.9, 7)),
    *(
        Typed(measure, code, unit, values, stored, shown)
        for measure, code in (
            ("cholesterol_total", "2093-3"),
            ("cholesterol_hdl", "2085-9"),
            ("cholesterol_ldl", "13457-7"),
            ("triglycerides", "2571-8"),
        )
        for unit, values, stored, shown in (
            ("g/L", ("1,10", "1,2"), "g/L", (1.1, 1.2)),
            ("mg/dL", ("110", "120"), "g/L", (110, 120)),
            ("mmol/L", ("2,84", "3"), "mmol/L", (2.84, 3)),
        )
    ),
]
DAYS = ("2026-10-01T08:00", "2026-11-01T08:00")


def fill(row: Typed, rank: int) -> dict[str, str]:
    """The form of one value."""
    first, _, second = row.values[rank].partition("/")
    pressure = {"value2": second} if second else {}
    return {"measure": row.measure, "value": first, "date": DAYS[rank], f"unit_{row.measure}": row.unit, **pressure}


def list_numbers(observation: Mapping[str, Any]) -> Iterator[Json]:
    yield from (part["valueQuantity"] for part in observation.get("component", [observation]))


def test_every_measure_has_a_row_for_every_unit_it_is_said_in_and_the_code_it_is_written_under() -> None:
    assert {(row.measure, row.unit) for row in ROWS} == {(each, unit) for each in SCALES for unit in list_units(each)}
    assert {row.measure: row.code for row in ROWS} == {measure: CODE_OF_MEASURE[measure] for measure in SCALES}
    assert {*SCALES} == {*MeasureType} - {MeasureType.BMI}  # which is computed


def test_every_measure_is_typed_stored_written_read_again_and_drawn_in_each_unit_it_is_said_in(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[1].pid
        for row in ROWS:
            await check_row(session, pid, row)

    tell(tmp_path, story)


async def check_row(session: Session, pid: str, row: Typed) -> None:
    for rank in (0, 1):
        entry = build_entry(Kind.MEASURES, fill(row, rank))
        check_entry(Kind.MEASURES, entry, TODAY)
        edited = await session.editing.add(pid, entry, Kind.MEASURES)
        again = await session.health.entry(edited.record_id)
        assert isinstance(again, Measure)
        assert isinstance(entry, Measure)
        assert (again.value, again.value2, again.unit) == (entry.value, entry.value2, row.stored)
    await session.measures.choose_unit(pid, row.measure, row.unit)
    await check_written(session, pid, row)
    history = await session.health.history(pid, row.measure)
    shown = narrow(history, Period.ALL, None)
    assert tuple(point.values[0] for point in shown.points) == row.shown
    assert {point.row.unit for point in shown.points} == {row.unit}
    chart = series_chart(Drawn(shown.points, ()), 320, 220, 1.0)
    assert isinstance(chart, ft.Semantics)
    assert isinstance(chart.content, cv.Canvas)
    assert chart.content.shapes
    for value in history.rows:
        await session.editing.delete(value.id)
    assert (await session.health.history(pid, row.measure)).rows == ()


async def check_written(session: Session, pid: str, row: Typed) -> None:
    """Valid, final, a vital sign, under its code, in UCUM."""
    exported = await session.measure_exports.write(pid, row.measure, ExportForm.FHIR)
    bodies = [entry["resource"] for entry in json.loads(exported.data, parse_float=Decimal)["entry"]]
    written = [body for body in bodies if body["resourceType"] == "Observation"]
    assert len(written) == 2
    for observation in written:
        plain = json.loads(json.dumps(observation, default=float))
        assert [str(issue) for issue in fhirkit.validate(plain)] == []
        assert observation["status"] == "final"
        assert observation["category"][0]["coding"][0]["code"] == "vital-signs"
        (coding,) = observation["code"]["coding"]
        assert coding["code"] == row.code
        assert coding.get("system") == ("http://loinc.org" if row.code[0].isdigit() else None)
        for number in list_numbers(observation):
            assert (number["system"], number["code"]) == ("http://unitsofmeasure.org", row.stored)


def test_a_form_offers_the_units_of_each_measure() -> None:
    for measure in SCALES:
        asked = next(each for each in list_inputs(Kind.MEASURES, {"measure": measure}) if each.name == "value")
        units = list_units(measure)
        assert (asked.units or (asked.unit,)) == units
