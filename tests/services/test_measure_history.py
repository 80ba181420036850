"""All values of one measure, from the store."""

from decimal import Decimal
from pathlib import Path

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_series import MeasureHistory
from mes_app.domain.people import Profile
from mes_app.services.session import Session
from tests.services.family import tell, weight


def test_a_history_is_of_one_person_and_has_the_ranges_that_its_results_state(tmp_path: Path) -> None:
    usual = [{"low": {"value": 50.5, "unit": "kg"}, "high": {"value": 65}}]

    async def story(session: Session, family: list[Profile]) -> None:
        mother, daughter = (person.pid for person in family)
        history = await session.health.history(mother, "weight")
        assert [point.values for point in history.points] == [(60.25,), (61.5,), (62.0,)]
        assert [row.value for row in history.rows] == [62.0, 61.5, 60.25, 59]
        assert [each.usual for each in history.points[:2]] == [
            (Range(low=Decimal("50.5"), high=Decimal(65), unit="kg"),),
            (),
        ]
        assert await session.health.history(daughter, "weight") == MeasureHistory()

    ranged = weight(8, 60.25, "2020-02-03") | {"referenceRange": usual}
    undated = {name: value for name, value in weight(9, 59, "").items() if name != "effectiveDateTime"}
    tell(tmp_path, story, more=[ranged, undated])
