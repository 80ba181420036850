from pathlib import Path

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy, Criticality
from mes_app.services.session import Session
from tests.formats.clinical_documents import answer, report
from tests.services.family import Json, document, of_mother, tell


def test_to_have_nothing_is_not_the_same_as_never_filled_in(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        summaries = {summary.kind: summary for summary in await session.health.summaries(family[0].pid)}
        declared = summaries[Kind.PROCEDURES].nothing_declared
        assert declared
        assert declared.text == "2026-03-01"
        assert summaries[Kind.VACCINES].nothing_declared is None
        assert (summaries[Kind.ALLERGIES].count, summaries[Kind.ALLERGIES].rows[0].title) == (1, "Pénicilline")

    tell(tmp_path, story)


def test_an_entry_opens_with_its_fields(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        row = (await session.health.rows(family[0].pid, Kind.ALLERGIES))[0]
        allergy = await session.health.entry(row.id)
        assert isinstance(allergy, Allergy)
        assert (allergy.id, allergy.criticality) == (row.id, Criticality.HIGH)
        assert await session.health.entries(family[0].pid, Kind.ALLERGIES) == [allergy]

    tell(tmp_path, story)


def test_a_series_of_measures_runs_from_the_oldest_to_the_newest(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        (series,) = await session.health.series(family[0].pid)
        assert (series.measure, series.last.unit) == ("weight", "kg")
        assert [point.value for point in series.points] == [61.5, 62.0]
        assert series.last.value == 62.0

    tell(tmp_path, story)


def test_l6_one_child_never_shows_what_is_of_another(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        daughter = family[1].pid
        kinds = {summary.kind for summary in await session.health.summaries(daughter) if summary.count}
        titles = [row.title for row in await session.health.rows(daughter, Kind.ALLERGIES)]
        assert "Pénicilline" not in titles
        assert titles == ["Pollen"]
        assert Kind.MEASURES not in kinds
        assert await session.agenda.next(daughter) is None

    tell(tmp_path, story)


def test_an_emergency_shows_what_holds_today_and_what_is_not_known(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        found = await session.health.emergency(family[0].pid)
        assert [section.kind for section in found][:2] == [Kind.ALLERGIES, Kind.BLOOD_GROUP]
        assert [len(section.entries) for section in found][:2] == [1, 0]
        assert not found[1].nothing_declared

    tell(tmp_path, story)


def test_an_analyte_is_followed_over_time_by_its_code(tmp_path: Path) -> None:
    def measured(rid: str, day: str, value: float) -> Json:
        code = {"text": "Glycémie", "coding": [{"system": "http://loinc.org", "code": "14771-0"}]}
        quantity = {"value": value, "unit": "g/L"}
        laboratory = [{"coding": [{"code": "laboratory"}]}]
        return of_mother(
            "Observation",
            rid,
            status="final",
            code=code,
            category=laboratory,
            effectiveDateTime=day,
            valueQuantity=quantity,
        )

    async def story(session: Session, family: list[Profile]) -> None:
        (trend,) = await session.health.trends(family[0].pid)
        assert [point.date and point.date.text for point in trend.points] == ["2025-01-02", "2026-01-02"]
        assert (trend.last.name, str(trend.last.value and trend.last.value.value)) == ("Glycémie", "1.1")
        assert await session.health.trends(family[1].pid) == []

    tell(tmp_path, story, more=[measured("g1", "2026-01-02", 1.1), measured("g2", "2025-01-02", 0.9)])


def test_the_results_of_a_clinical_document_stand_among_those_of_the_record(tmp_path: Path) -> None:
    code = {"text": "Glucose", "coding": [{"system": "http://loinc.org", "code": "14771-0"}]}
    former = of_mother(
        "Observation",
        "g1",
        status="final",
        code=code,
        category=[{"coding": [{"code": "laboratory"}]}],
        effectiveDateTime="2025-01-02",
        valueQuantity={"value": 0.9, "unit": "g/L"},
    )
    words = '<value xsi:type="ST">négatif</value>'

    async def story(session: Session, family: list[Profile]) -> None:
        pid, child = (person.pid for person in family)
        assert await session.health.result_names(pid) == ["Glucose"]
        await session.indexing.run()
        told = {trend.last.name: len(trend.points) for trend in await session.health.trends(pid)}
        assert told == {"Glycémie à jeun": 2, "Toxoplasmose": 1}
        assert await session.health.result_names(pid) == ["Glycémie à jeun", "Toxoplasmose", "Glucose"]
        assert (await session.health.trends(child), await session.health.result_names(child)) == ([], [])

    tell(tmp_path, story, more=[former, *document(9, "Bilan", report(answer("Toxoplasmose", words)), "text/xml")])
