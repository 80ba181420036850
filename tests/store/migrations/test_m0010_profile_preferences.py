"""The tenth schema, reached from a store that the eighth made."""

import shutil
from pathlib import Path

from mes_app.store.integrity import check_integrity
from mes_app.store.preferences import get_profile_preference, put_profile_preference
from tests.store.samples import PARENT, open_store

STORED = Path(__file__).parents[1] / "old" / "v0008.db"


def test_a_store_of_the_eighth_version_opens_with_room_for_the_preferences_of_a_person(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert get_profile_preference(con, PARENT.pid, "weeks") is None
    put_profile_preference(con, PARENT.pid, "weeks", 34)
    assert get_profile_preference(con, PARENT.pid, "weeks") == 34
    con.close()
