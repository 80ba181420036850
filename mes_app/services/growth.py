"""How a child grows: what was measured until five years, and how early the child was born."""

from dataclasses import dataclass
from datetime import date, timedelta

from mes_app.domain.growth import CURVES, EARLY_WEEKS, LAST_DAY, Child, find_child
from mes_app.domain.growth_curves import GrowthCurve, make_curves
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Kind, Row
from mes_app.errors import Reason, Rejected
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database
from mes_app.store.preferences import get_profile_preference, put_profile_preference

POINTS = 500
_WEEKS = "weeks_at_birth"


@dataclass(frozen=True, slots=True)
class Growth:
    """The growth of one person. Without ``child`` none can be drawn, and there are no curves."""

    child: Child | None = None
    curves: tuple[GrowthCurve, ...] = ()

    def concerns(self, today: date) -> bool:
        """Whether there is something to show: a child of an age that has lines, or values of when they were."""
        young = self.child is not None and 0 <= (today - self.child.birth).days <= LAST_DAY
        return young or any(curve.points for curve in self.curves)


class Growths:
    """How children grow. How early they were born stays on this device, in the vault, and goes with their profile."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, pid: str) -> Growth:
        """All curves of a person, each of the 500 first values. Raises Rejected("profile", UNKNOWN_RECORD)."""
        return await self._database.read(_read_growth, pid)

    async def choose_weeks(self, pid: str, weeks: int | None) -> None:
        """Keep the weeks of pregnancy at birth; None is at term.

        Raises Rejected("weeks", NOT_A_CHOICE) for what is no birth before term.
        """
        if weeks is not None and weeks not in EARLY_WEEKS:
            raise Rejected("weeks", Reason.NOT_A_CHOICE)
        await self._database.write(_keep_weeks, pid, weeks)


def _keep_weeks(con: Connection, pid: str, weeks: int | None) -> None:
    put_profile_preference(con, profiles.get_profile(con, pid).pid, _WEEKS, weeks)
    con.touch(pid, Kind.MEASURES)


def _read_growth(con: Connection, pid: str) -> Growth:
    child = find_child(profiles.get_profile(con, pid), get_profile_preference(con, pid, _WEEKS))
    if child is None:
        return Growth()
    rows = {measure: _list_rows(con, pid, measure, child) for measure in CURVES}
    return Growth(child, make_curves(child, rows))


def _list_rows(con: Connection, pid: str, measure: MeasureType, child: Child) -> list[Row]:
    """The values of the years that have a table, and of a day more: the keys of the rows are not in local time."""
    end = (child.birth + timedelta(days=LAST_DAY + 2)).isoformat()
    found = records.list_rows(
        con, pid, Kind.MEASURES, category=measure, before_date=end, limit=POINTS, oldest_first=True
    )
    return [row for row in found if row.value is not None]
