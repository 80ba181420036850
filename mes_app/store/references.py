"""How a body written here names a record that the server does not have yet: ``urn:uuid:`` and our id of it."""

import re

from mes_app.store.database import Connection
from mes_app.store.versions import Versions, Written

_NAMED_BY_US = re.compile(rb'"urn:uuid:([0-9a-f-]{36})"')


def name_record(con: Connection, now: Versions, rid: str) -> None:
    """Name a record as the server does, wherever what waits refers to it; nothing has to wait for it any more."""
    _rename(con, now.profile, f'"urn:uuid:{now.lid}"', f'"{now.type}/{rid}"')
    con.execute(
        "UPDATE outbox SET deps = (SELECT json_group_array(value) FROM json_each(deps) WHERE value <> ?)"
        " WHERE EXISTS (SELECT 1 FROM json_each(deps) WHERE value = ?)",
        (now.lid, now.lid),
    )


def follow_record(con: Connection, profile: str, former: str, record_id: str) -> None:
    """A record that the server never had is written anew: what refers to it under its ``former`` id follows."""
    _rename(con, profile, f'"urn:uuid:{former}"', f'"urn:uuid:{record_id}"')
    con.execute(
        "UPDATE outbox SET deps = (SELECT json_group_array(iif(value = ?1, ?2, value)) FROM json_each(deps))"
        " WHERE EXISTS (SELECT 1 FROM json_each(deps) WHERE value = ?1)",
        (former, record_id),
    )


def _rename(con: Connection, profile: str, former: str, name: str) -> None:
    """Both between quotation marks, as in JSON."""
    for table, column in (("outbox", "body"), ("conflict", "mine"), ("body", "overlay")):
        con.execute(
            f"UPDATE {table} SET {column} = CAST(replace(CAST({column} AS TEXT), ?, ?) AS BLOB)"  # noqa: S608
            " WHERE lid IN (SELECT lid FROM outbox UNION SELECT lid FROM conflict)"
            f" AND instr({column}, CAST(? AS BLOB))",
            (former, name, former),
        )
    sql = "UPDATE res SET linked = replace(linked, ?, ?) WHERE profile = ? AND linked <> '' AND instr(linked, ?)"
    con.execute(sql, (former, name, profile, former))


def tie_references(con: Connection, record_id: str, written: Written) -> tuple[bytes, tuple[str, ...]]:
    """The body of a version, all that it refers to named as the server does if it can be; the rest goes first."""
    body, waited = written.body, set(written.deps)
    for found in set(_NAMED_BY_US.findall(body)):
        named = con.execute("SELECT lid, type, rid FROM res WHERE lid = ?", (found.decode(),)).fetchone()
        if named and named[2]:
            body = body.replace(b'"urn:uuid:%s"' % found, b'"%s/%s"' % (named[1].encode(), named[2].encode()))
        elif named:
            waited.add(named[0])
    return body, tuple(sorted(waited - {record_id}))


def find_address(con: Connection, record_id: str) -> str:
    """How the server names a record (``Type/id``); empty where it does not have it."""
    found = con.execute("SELECT type, rid FROM res WHERE lid = ? AND rid IS NOT NULL", (record_id,)).fetchone()
    return f"{found[0]}/{found[1]}" if found else ""
