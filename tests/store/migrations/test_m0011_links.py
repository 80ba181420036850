"""Links beside the records that say them, reached from a store that the eighth schema made."""

import json
import shutil
from pathlib import Path

from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS, m0011_links
from tests.store.samples import ME, make_family_store, make_version, open_store, save_one

STORED = Path(__file__).parents[1] / "old" / "v0008.db"
TREATMENT = {"resourceType": "MedicationStatement", "reasonReference": [{"reference": "Condition/7"}]}


def test_a_store_of_the_eighth_version_opens_and_tells_the_links(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("SELECT DISTINCT linked FROM res").fetchall() == [("",)]
    con.close()


def test_what_the_records_of_an_older_store_say_is_found(tmp_path: Path) -> None:
    con = make_family_store(tmp_path / "store.db")
    said = save_one(con, ME, make_version("1", rid="t1"))
    silent = save_one(con, ME, make_version("1", rid="t2"))
    con.execute("UPDATE body SET mirror = ? WHERE lid = ?", (json.dumps(TREATMENT).encode(), said))
    con.execute("UPDATE body SET mirror = ? WHERE lid = ?", (b"{", silent))
    con.execute("DROP INDEX res_linked")
    con.execute("ALTER TABLE res DROP COLUMN linked")
    assert m0011_links.migrate in MIGRATIONS
    m0011_links.migrate(con.driver_connection)
    told = dict(con.execute("SELECT lid, linked FROM res").fetchall())
    assert told == {said: '["Condition/7"]', silent: ""}
    con.close()
