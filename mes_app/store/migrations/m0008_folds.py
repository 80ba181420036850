"""Former versions and copies folded under the document that stands for them, titles of one's own, and episodes.

``fold`` names the documents that belong together, ``behind`` marks those that another stands for; both are judged anew
(``folds.settle_folds``) for what triggers put into ``fold_due``, whoever writes. ``digest`` is the SHA-256 of the
content, which stays when the content is freed. Nothing of all that is left of a record that becomes withheld.
"""

from contextlib import suppress

from mes_app.errors import Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.fhir.documents import summarise_document
from mes_app.store.drivers import DriverConnection

_SHOWN = "withheld = 0 AND deleted = 0 AND behind = 0"
_STATEMENTS = (
    "ALTER TABLE res ADD COLUMN unique_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE res ADD COLUMN replaces TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE res ADD COLUMN stay TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE res ADD COLUMN organization TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE res ADD COLUMN digest BLOB",
    "ALTER TABLE res ADD COLUMN fold TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE res ADD COLUMN behind INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE res ADD COLUMN own_title TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE res ADD COLUMN own_search TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE res ADD COLUMN ranged TEXT GENERATED ALWAYS AS (iif(own_search = '', search, own_search)) VIRTUAL",
    "UPDATE res SET digest = (SELECT sha256 FROM blob WHERE blob.lid = res.lid)",
    "DROP INDEX res_by_date",
    "DROP INDEX res_by_category",
    "DROP INDEX res_unread",
    f"CREATE INDEX res_by_date ON res (profile, kind, date_key, lid) WHERE {_SHOWN}",
    f"CREATE INDEX res_by_category ON res (profile, kind, category, date_key, lid) WHERE {_SHOWN}",
    f"CREATE INDEX res_unread ON res (profile, kind, date_key, lid) WHERE {_SHOWN} AND unread = 1",
    # with the columns of its condition, so that a query of every episode reads nothing else
    f"""
    CREATE INDEX res_by_stay
    ON res (profile, kind, stay, organization, subtitle, date_key, lid, withheld, deleted, behind) WHERE {_SHOWN}
    """,
    "CREATE INDEX res_by_unique_id ON res (profile, unique_id) WHERE unique_id <> ''",
    "CREATE INDEX res_by_digest ON res (profile, digest) WHERE digest IS NOT NULL",
    "CREATE INDEX res_by_fold ON res (fold) WHERE fold <> ''",
    "CREATE INDEX res_replacing ON res (profile, replaces, lid) WHERE replaces <> ''",
    "CREATE TABLE fold_due (lid TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    """
    CREATE TRIGGER fold_new AFTER INSERT ON res WHEN new.kind = 'documents' AND new.withheld = 0
    BEGIN
        INSERT INTO fold_due SELECT new.lid WHERE new.lid NOT IN (SELECT lid FROM fold_due);
    END
    """,
    """
    CREATE TRIGGER fold_changed
    AFTER UPDATE OF kind, withheld, deleted, rid, upd, status, unique_id, replaces, digest ON res
    WHEN 'documents' IN (old.kind, new.kind) AND
        (new.kind, new.withheld, new.deleted, new.rid, new.upd, new.status, new.unique_id, new.replaces, new.digest)
        IS NOT
        (old.kind, old.withheld, old.deleted, old.rid, old.upd, old.status, old.unique_id, old.replaces, old.digest)
    BEGIN
        INSERT INTO fold_due SELECT lid FROM res
        WHERE (lid = new.lid OR (fold = old.fold AND fold <> '')) AND lid NOT IN (SELECT lid FROM fold_due);
    END
    """,
    """
    CREATE TRIGGER fold_gone AFTER DELETE ON res WHEN old.fold <> ''
    BEGIN
        INSERT INTO fold_due SELECT lid FROM res
        WHERE fold = old.fold AND fold <> '' AND lid NOT IN (SELECT lid FROM fold_due);
    END
    """,
    """
    CREATE TRIGGER fold_withheld AFTER UPDATE OF withheld ON res WHEN new.withheld = 1
    BEGIN
        UPDATE res SET digest = NULL, fold = '', behind = 0, own_title = '', own_search = '', folder = '', pinned = 0
        WHERE lid = new.lid;
    END
    """,
    "DROP TRIGGER searched_renamed",
    """
    CREATE TRIGGER searched_renamed AFTER UPDATE OF title, subtitle, own_title ON res
    WHEN (new.title, new.subtitle, new.own_title) IS NOT (old.title, old.subtitle, old.own_title)
    BEGIN
        UPDATE searched SET named = 0 WHERE lid = new.lid;
    END
    """,
    "INSERT INTO fold_due SELECT lid FROM res WHERE kind = 'documents' AND withheld = 0",
)
_SAID = "UPDATE res SET unique_id = ?, replaces = ?, stay = ?, organization = ? WHERE lid = ?"


def migrate(con: DriverConnection) -> None:
    """Every document is to be judged; none has a title of its own."""
    for statement in _STATEMENTS:
        con.execute(statement)
    sql = "SELECT lid, coalesce(overlay, mirror) FROM fold_due JOIN body USING (lid)"
    for lid, body in con.execute(sql).fetchall():
        with suppress(Unreadable):  # it then tells nothing, as its screen will say
            told = summarise_document(read_body(body or b"{}"))
            con.execute(_SAID, (told.unique_id, told.replaces, told.stay, told.organization, lid))
