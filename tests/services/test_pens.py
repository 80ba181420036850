from pathlib import Path

import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.services.pens import UNDO_SECONDS
from mes_app.store.database import Connection
from mes_app.store.preferences import get_preference, put_preference
from tests.services.pens import NOON, Desk, at_desk


def test_a_change_may_be_sent_once_it_can_no_longer_be_undone(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        when = desk.pen.when()
        assert when.at == NOON
        assert when.next_at == NOON.timestamp() + UNDO_SECONDS

    at_desk(tmp_path, story)


def test_a_change_is_told_once_it_is_on_the_disk_and_not_when_it_failed(tmp_path: Path) -> None:
    def fail(con: Connection) -> None:
        put_preference(con, "half", True)
        raise Unreadable(Reason.DISK_FULL)

    async def story(desk: Desk) -> None:
        await desk.pen.write(put_preference, "note", "kept")
        assert desk.edits == 1
        with pytest.raises(Unreadable):
            await desk.pen.write(fail)
        assert desk.edits == 1
        assert await desk.database.read(get_preference, "half") is None

    at_desk(tmp_path, story)
