"""What each record says it is linked to, beside it: what is linked to a record is found without reading the others."""

from contextlib import suppress

from mes_app.errors import Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.fhir.links import summarise_links
from mes_app.store.drivers import DriverConnection


def migrate(con: DriverConnection) -> None:
    """As every record says it already, in the version that is read."""
    con.execute("ALTER TABLE res ADD COLUMN linked TEXT NOT NULL DEFAULT ''")
    con.execute("CREATE INDEX res_linked ON res (profile, linked, lid) WHERE linked <> ''")
    sql = "SELECT lid, coalesce(overlay, mirror) FROM res JOIN body USING (lid) WHERE withheld = 0"
    for lid, body in con.execute(sql).fetchall():
        with suppress(Unreadable):  # it then tells nothing, as its screen will say
            if linked := summarise_links(read_body(body or b"{}")):
                con.execute("UPDATE res SET linked = ? WHERE lid = ?", (linked, lid))
