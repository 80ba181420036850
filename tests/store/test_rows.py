"""Overview columns and rows."""

from typing import Any

from mes_app.domain.record import ContentState, Kind, Overview, Row, Source
from mes_app.store.database import Connection
from mes_app.store.pages import Incoming
from mes_app.store.records import get_record
from mes_app.store.rows import OVERVIEW_COLUMNS, read_overview
from tests.store.samples import PARENT, make_incoming, save_one, save_page

FULL = Overview(
    kind=Kind.MEASURES,
    title="Tension",
    subtitle="à la maison",
    date_text="2024-06",
    date_key="2024-05-31T22:00:00Z",
    category="bp",
    code="85354-9",
    status="final",
    source=Source.SELF,
    hidden=True,
    content_type="text/plain",
    size=12,
    value=128.5,
    value2=80.0,
    unit="mm[Hg]",
    search="tension a la maison",
)


def test_every_field_of_an_overview_survives_the_store(con: Connection) -> None:
    record_id = save_one(con, PARENT.pid, Incoming("Observation", "o1", "1", "", b"{}", FULL))
    row = get_record(con, record_id).row
    assert read_overview(row) == read_overview(FULL)
    assert (row.id, row.profile, row.unread, row.content) == (record_id, PARENT.pid, False, ContentState.NONE)
    assert isinstance(row, Row)
    assert [type(value) for value in read_overview(row)] == [type(value) for value in read_overview(FULL)]


def test_the_columns_are_the_fields_in_their_order() -> None:
    assert dict(zip(OVERVIEW_COLUMNS, read_overview(FULL), strict=True))["unit"] == "mm[Hg]"


def test_a_source_that_is_known_stays_unless_another_is_told_or_nothing_may_be(con: Connection) -> None:
    def receive(ver: str, **told: Any) -> Source:
        upd = f"2024-06-0{ver}T00:00:00Z"
        save_page(con, PARENT.pid, [make_incoming(ver=ver, upd=upd, **told)])
        (source,) = con.execute("SELECT source FROM res").fetchone()
        return Source(source)

    assert receive("1", source=Source.SELF) is Source.SELF
    assert receive("2") is Source.SELF
    assert receive("3", source=Source.PROFESSIONAL) is Source.PROFESSIONAL
    assert receive("4", withheld=True) is Source.UNKNOWN
