"""What devices sent twice is judged when an older store opens, by what the twelfth schema notes."""

import shutil
from pathlib import Path
from typing import Any

from mes_app.domain.record import Kind, Source
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS, m0012_repeats
from mes_app.store.records import list_rows
from mes_app.store.repeats import settle_repeats
from tests.store.samples import ME, make_family_store, make_incoming, open_store, save_one

STORED = Path(__file__).parents[1] / "old" / "v0008.db"
ADDED = (
    "DROP TRIGGER repeat_new", "DROP TRIGGER repeat_changed", "DROP TRIGGER repeat_gone", "DROP TABLE repeat_due",
    "DROP INDEX res_told", "DROP INDEX outbox_by_moment",
)  # fmt: skip


def test_a_store_of_the_eighth_version_opens(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("SELECT count(*) FROM repeat_due").fetchone() == (0,)
    con.close()


def test_what_an_older_store_holds_twice_is_judged(tmp_path: Path) -> None:
    con = make_family_store(tmp_path / "store.db")
    told: dict[str, Any] = {
        "kind": Kind.MEASURES,
        "source": Source.DEVICE,
        "category": "weight",
        "value": 72.5,
        "unique_id": "urn|7",
    }
    for statement in ADDED:
        con.execute(statement)
    first, second = (save_one(con, ME, make_incoming(rid, resource_type="Observation", **told)) for rid in "ab")
    con.execute("UPDATE res SET fold = lid WHERE lid = ?", (second,))
    assert m0012_repeats.migrate in MIGRATIONS
    m0012_repeats.migrate(con.driver_connection)
    con.run_change(lambda: settle_repeats(con))
    assert [row.id for row in list_rows(con, ME, Kind.MEASURES)] == [first]
    assert con.execute("SELECT fold FROM res WHERE lid = ?", (second,)).fetchone() == ("",)
    con.close()
