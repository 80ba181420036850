import json

import pytest

from mes_app.errors import Rejected
from mes_app.store.database import Connection
from mes_app.store.document_versions import list_same_bytes, list_tied
from mes_app.store.places import Place, save_place
from tests.store.samples import CHILD, ME, make_incoming, save_one


def save(con: Connection, rid: str, profile: str = ME, **body: str) -> str:
    return save_one(con, profile, make_incoming(rid, body=json.dumps(body).encode()))


def tied(con: Connection, lid: str, *names: str) -> set[str | None]:
    return {stored.rid for stored in list_tied(con, lid, names)}


def test_documents_that_name_it_or_that_it_names_are_found(con: Connection) -> None:
    lid = save(con, "d1", uid="urn:oid:1.2")
    save(con, "d2", target="DocumentReference/d1")
    save(con, "d3", uid="urn:oid:1.2")
    save(con, "d4")
    assert tied(con, lid, "urn:oid:1.2", "d1") == {"d2", "d3"}
    assert tied(con, lid, "d4") == {"d4"}
    assert tied(con, lid) == set()


def test_the_same_bytes_are_found_whatever_they_are_called(con: Connection) -> None:
    lids = [save(con, rid) for rid in ("d1", "d2", "d3")]
    for rank, (lid, digest) in enumerate(zip(lids, (b"x", b"x", b"y"), strict=True)):
        save_place(con, lid, Place(str(rank), b"k"), 1, digest)
    assert tied(con, lids[0]) == {"d2"}
    assert list_same_bytes(con, lids[0]) == set(lids[:2])


def test_z3_nothing_of_another_person_or_withheld_is_among_them(con: Connection) -> None:
    lid = save(con, "d1", uid="urn:oid:1.2")
    save(con, "d2", CHILD.pid, uid="urn:oid:1.2")
    save_one(con, ME, make_incoming("d3", body=b'{"uid": "urn:oid:1.2"}'))
    assert tied(con, lid, "urn:oid:1.2") == {"d3"}
    con.execute("UPDATE res SET withheld = 1 WHERE rid = 'd3'")
    assert tied(con, lid, "urn:oid:1.2") == set()


def test_a_record_that_is_not_there_has_no_versions(con: Connection) -> None:
    with pytest.raises(Rejected):
        list_tied(con, "none", ["x"])
