"""The values of a measure wherever they come from: the record, documents read here, and what others make."""

from decimal import Decimal
from pathlib import Path

from mes_app.domain.body_mass import COMPUTED
from mes_app.domain.laboratory import Range
from mes_app.domain.measure_series import MeasureHistory, Period, narrow
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Row, Source
from mes_app.services.session import Session
from tests.formats.clinical_documents import report
from tests.services.family import Json, document, of_mother, tell, weight


def measured(number: int, code: str, value: float, unit: str, day: str) -> Json:
    return weight(number, value, day) | {
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "valueQuantity": {"value": value, "code": unit},
    }


def laboratory(number: int, value: str) -> list[Json]:
    """A clinical document with a glucose of 3 November 2026."""
    return document(number, "Bilan", report(value=value).replace(b"14771-0", b"2345-7"), "text/xml")


def told(rows: tuple[Row, ...]) -> list[tuple[float | None, Source]]:
    return [(row.value, row.source) for row in rows]


def test_results_of_documents_stand_in_the_series_as_a_source_of_their_own(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid, child = (person.pid for person in family)
        await session.indexing.run()
        history = await session.health.history(pid, "glucose")
        assert told(history.rows) == [(126, Source.DOCUMENT), (94, Source.UNKNOWN)]
        newest = history.points[-1]
        assert newest.row.kind is Kind.DOCUMENTS
        assert newest.usual == (Range(low=newest.usual[0].low, high=newest.usual[0].high, unit="mg/dL"),)
        assert (newest.usual[0].low, newest.usual[0].high) == (Decimal(70), Decimal(110))
        assert history.sources == (Source.DOCUMENT, Source.UNKNOWN)
        assert told(narrow(history, Period.ALL, Source.DOCUMENT).rows) == [(126, Source.DOCUMENT)]
        assert {series.measure for series in await session.health.series(pid)} == {"weight", "glucose"}
        assert (await session.documents.open(newest.row.id)).title == "Bilan"
        assert await session.health.history(child, "glucose") == MeasureHistory()

    tell(tmp_path, story, more=[measured(9, "2345-7", 0.94, "g/L", "2025-01-02"), *laboratory(9, "1.26")])


def test_a_result_that_the_record_has_too_is_that_of_the_record_and_one_of_two_documents_counts_once(
    tmp_path: Path,
) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        await session.indexing.run()
        history = await session.health.history(family[0].pid, "glucose")
        assert told(history.rows) == [(110, Source.DOCUMENT), (126, Source.UNKNOWN)]

    recorded = measured(9, "2345-7", 126, "mg/dL", "2026-11-03")
    again = [*laboratory(8, "1.10"), *laboratory(7, "1.1")]
    tell(tmp_path, story, more=[recorded, *laboratory(9, "1.26"), *again])


def test_a_body_mass_index_is_computed_where_the_record_has_none(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        mother, daughter = (person.pid for person in family)
        history = await session.health.history(mother, "bmi")
        assert [(row.value, row.status == COMPUTED) for row in history.rows] == [(21.7, False), (21.3, True)]
        series = {series.measure: series for series in await session.health.series(mother)}
        assert (series["bmi"].last.value, series["bmi"].last.unit) == (21.7, "kg/m2")
        assert await session.health.history(daughter, "bmi") == MeasureHistory()
        assert {summary.kind: summary.count for summary in await session.health.summaries(mother)}[Kind.MEASURES] == 4

    stated = measured(7, "39156-5", 21.7, "kg/m2", "2026-02-10")
    tell(tmp_path, story, more=[measured(9, "8302-2", 170, "cm", "2024-01-01"), stated])


def test_a_measure_that_a_device_sent_twice_is_counted_once(tmp_path: Path) -> None:
    scale = {"device": {"reference": "Device/scale", "display": "Balance du salon"}}
    sent = [of_mother("Observation", f"s{number}") | weight(number, 64.5, "2026-11-03T07:10:00+01:00") | scale
            for number in (7, 8)]  # fmt: skip

    async def story(session: Session, family: list[Profile]) -> None:
        history = await session.health.history(family[0].pid, "weight")
        assert told(history.rows)[0] == (64.5, Source.DEVICE)
        assert len(history.points) == 3
        opened = await session.measures.open(history.rows[0].id)
        assert opened.entry.device == "Balance du salon"
        (other,) = opened.repeats
        assert (await session.measures.open(other.id)).repeats[0].id == history.rows[0].id

    tell(tmp_path, story, more=sent)
