"""The check of every page."""

from pathlib import Path

import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.store.database import Connection
from mes_app.store.faults import translated_faults
from mes_app.store.integrity import check_integrity
from mes_app.store.openers import PAGE_SIZE
from tests.store.samples import PARENT, make_incoming, open_store, save_page


def test_a_store_just_written_is_whole(con: Connection) -> None:
    save_page(con, PARENT.pid, [make_incoming()])
    check_integrity(con)


def test_a_page_put_back_to_an_older_state_is_found(family_store: Path) -> None:
    before = family_store.read_bytes()
    con = open_store(family_store)
    save_page(con, PARENT.pid, [make_incoming(f"d{number}") for number in range(3)])
    con.close()
    after = bytearray(family_store.read_bytes())
    changed = [
        start
        for start in range(PAGE_SIZE, len(before), PAGE_SIZE)
        if before[start : start + PAGE_SIZE] != after[start : start + PAGE_SIZE]
    ]
    after[changed[0] : changed[0] + PAGE_SIZE] = before[changed[0] : changed[0] + PAGE_SIZE]
    family_store.write_bytes(after)
    con = open_store(family_store)
    with pytest.raises(Unreadable) as found, translated_faults():
        check_integrity(con)
    con.close()
    assert found.value.reason is Reason.DAMAGED
