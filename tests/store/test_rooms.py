"""Room on the disk."""

import shutil
from pathlib import Path

import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.store.rooms import read_room, require_room


def test_what_fits_is_let_through_and_what_does_not_is_refused(tmp_path: Path) -> None:
    require_room(tmp_path, 0)
    with pytest.raises(Unreadable) as refused:
        require_room(tmp_path, shutil.disk_usage(tmp_path).total)
    assert refused.value.reason is Reason.DISK_FULL


def test_the_room_left_is_told_where_the_system_knows_it(tmp_path: Path) -> None:
    assert 0 < (read_room(tmp_path) or 0) <= shutil.disk_usage(tmp_path).total
    assert read_room(tmp_path / "none") is None
