"""The unit in which a person says each measure, as they last chose it. It stays on this device, in the vault."""

from mes_app.domain.measure_types import find_measure
from mes_app.domain.record import Kind
from mes_app.domain.shown_measures import Units
from mes_app.domain.units import list_units
from mes_app.errors import Reason, Rejected
from mes_app.store import profiles
from mes_app.store.database import Connection
from mes_app.store.preferences import get_profile_preference, put_profile_preference

_UNITS = "units"


def read_units(con: Connection, pid: str) -> Units:
    """The units chosen by one person, by the name of their measure; of the others that of their scale holds."""
    return dict(get_profile_preference(con, pid, _UNITS, {}))


def keep_unit(con: Connection, pid: str, measure: str, unit: str) -> None:
    """Show ``measure`` in ``unit`` from now on.

    Raises Rejected("unit", NOT_A_CHOICE), Rejected("profile", UNKNOWN_RECORD).
    """
    known = find_measure(measure)
    if known is None or unit not in list_units(known):
        raise Rejected("unit", Reason.NOT_A_CHOICE)
    kept = read_units(con, profiles.get_profile(con, pid).pid)
    if kept.get(measure) != unit:
        put_profile_preference(con, pid, _UNITS, {**kept, measure: unit})
        con.touch(pid, Kind.MEASURES)
