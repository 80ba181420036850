"""What the tests of the store put into it."""

from pathlib import Path

from mes_app.crypto.secret import Secret
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Overview
from mes_app.store.database import Connection
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.openers import open_connection
from mes_app.store.pages import Incoming, save_page
from mes_app.store.profiles import save_profile
from mes_app.store.records import find_record

PARENT = Profile(pid="parent", rid="p1", name="Camille Martin", holder=True)
CHILD = Profile(pid="child", rid="p2", name="Léo Martin", position=1)
JUNE = "2024-06-01T00:00:00Z"


def make_key() -> Secret:
    return Secret(bytearray(range(32)))


def open_store(path: Path, *, create: bool = False) -> Connection:
    return Connection(open_connection(path, make_key(), create=create, driver=SQLCIPHER))


def make_family_store(path: Path) -> Connection:
    con = open_store(path, create=True)
    save_profile(con, PARENT)
    save_profile(con, CHILD)
    return con


def make_overview(**told: object) -> Overview:
    usual: dict[str, object] = {
        "kind": Kind.DOCUMENTS,
        "title": "Compte rendu",
        "date_text": "2024-06-01",
        "date_key": JUNE,
        "category": "CPT_REND",
        "status": "current",
        "content_type": "application/pdf",
        "search": "compte rendu",
    }
    return Overview(**{**usual, **told})  # type: ignore[arg-type]


def make_incoming(
    rid: str = "d1",
    ver: str = "1",
    upd: str = JUNE,
    body: bytes = b"{}",
    resource_type: str = "DocumentReference",
    **told: object,
) -> Incoming:
    return Incoming(type=resource_type, rid=rid, ver=ver, upd=upd, body=body, overview=make_overview(**told))


def add_pending(con: Connection, op_id: str, record_id: str, op: str = "U", body: bytes | None = None) -> None:
    """A change that waits to be sent, made on 1 June 2024 at noon UTC."""
    con.execute(
        "INSERT INTO outbox VALUES (NULL, ?, ?, ?, '1', NULL, ?, '[]', 'ready', 0, 0, 1717243200)",
        (op_id, record_id, op, body),
    )


def save_one(con: Connection, profile: str, item: Incoming) -> str:
    """Save one record and return our id for it."""
    save_page(con, profile, [item])
    stored = find_record(con, profile, item.type, item.rid)
    assert stored
    return stored.row.id
