"""The journal of local acts."""

from datetime import UTC, datetime

from mes_app.store.database import Connection
from mes_app.store.journal import Act, add_act, list_acts, note_act
from tests.store.samples import CHILD, PARENT


def test_acts_are_listed_latest_first_and_per_profile(con: Connection) -> None:
    acts = [Act(f"2024-06-0{day}T00:00:00Z", PARENT.pid, "read", "record") for day in (1, 2, 3)]
    for act in acts:
        add_act(con, CHILD.pid, act)
    assert list_acts(con, CHILD.pid) == acts[::-1]
    assert list_acts(con, CHILD.pid, limit=1) == acts[2:]
    assert list_acts(con, PARENT.pid) == []


def test_an_act_on_this_device_is_the_holder_s(con: Connection) -> None:
    note_act(con, CHILD.pid, "change", "record", datetime(2024, 6, 1, tzinfo=UTC))
    assert list_acts(con, CHILD.pid) == [Act("2024-06-01T00:00:00Z", PARENT.pid, "change", "record")]
