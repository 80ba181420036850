"""What the tests of the store put into it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mes_app.crypto.secret import Secret
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Overview
from mes_app.store.database import Connection
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.edits import When, Written
from mes_app.store.openers import open_connection
from mes_app.store.pages import Incoming
from mes_app.store.pages import save_page as save_page_merging
from mes_app.store.profiles import save_profile
from mes_app.store.rebases import Merged
from mes_app.store.records import find_record

PARENT = Profile(pid="parent", rid="p1", name="Camille Martin", holder=True)
CHILD = Profile(pid="child", rid="p2", name="Léo Martin", position=1)
ME = PARENT.pid
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


def make_body(title: str = "Compte rendu", **told: object) -> bytes:
    return json.dumps({"title": title, **told}).encode()


def make_version(ver: str, title: str = "Compte rendu", rid: str = "d1", **told: Any) -> Incoming:
    """A version of a record whose body says what its title is, and ``told``."""
    return make_incoming(rid, ver, f"2024-06-01T00:00:00.{ver:0>3}Z", make_body(title, **told), title=title)


def make_written(title: str = "Compte rendu", *, deps: tuple[str, ...] = (), **told: object) -> Written:
    """The same, as the user writes it."""
    return Written("DocumentReference", make_body(title, **told), make_overview(title=title), deps)


def make_when(second: int = 0, next_at: float = 0.0) -> When:
    """A second of 1 June 2024, noon UTC, and when what is written then may be sent."""
    return When(datetime(2024, 6, 1, 12, 0, second, tzinfo=UTC), next_at)


def merge_words(_type: str, base: bytes | None, mine: bytes | None, theirs: bytes | None) -> Merged:
    """Word by word; what both changed differently, or one deleted and the other changed, is a clash, held as theirs."""
    versions = [json.loads(body) if body is not None else None for body in (base, mine, theirs)]
    former, ours, other = versions
    if former is None or ours is None or other is None:
        settled = theirs if ours in (former, other) else mine
        return _make_merged(settled, clash=ours not in (former, other) and other != former)
    merged, clash = dict(other), False
    for name in former.keys() | ours.keys() | other.keys():
        if ours.get(name) not in (former.get(name), other.get(name)):
            clash |= other.get(name) != former.get(name)
            merged[name] = ours.get(name)
    said = {name: merged[name] for name in sorted(merged) if merged[name] is not None}
    return _make_merged(theirs if clash or said == other else json.dumps(said).encode(), clash=clash)


def _make_merged(body: bytes | None, *, clash: bool) -> Merged:
    return Merged(body, make_overview(title=json.loads(body)["title"]) if body is not None else None, clash)


def save_page(con: Connection, profile: str, page: Sequence[Incoming], *, unread_since: str = "") -> int:
    """A page from the server, merged word by word with what was edited here."""
    return save_page_merging(con, profile, page, merge=merge_words, unread_since=unread_since)


def add_pending(con: Connection, op_id: str, record_id: str, op: str = "U", body: bytes | None = None) -> None:
    """A change that waits to be sent, made on 1 June 2024 at noon UTC."""
    con.execute(
        "INSERT INTO outbox (op_id, lid, op, base_ver, body, deps, state, attempts, next_at, at)"
        " VALUES (?, ?, ?, '1', ?, '[]', 'ready', 0, 0, 1717243200)",
        (op_id, record_id, op, body),
    )


def add_conflict(con: Connection, record_id: str) -> None:
    """Two versions of a record that nobody knows anything of."""
    con.execute("INSERT INTO conflict (lid, ver, upd, at) VALUES (?, '', '', 1717243200)", (record_id,))


def save_one(con: Connection, profile: str, item: Incoming) -> str:
    """Save one record and return our id for it."""
    save_page(con, profile, [item])
    stored = find_record(con, profile, item.type, item.rid)
    assert stored
    return stored.row.id
