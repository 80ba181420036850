"""A process that copies a store and says by how many bytes its memory grew. Run as ``python -m tests.store.copier``."""

import re
import sys
from pathlib import Path

from mes_app.crypto.secret import Secret
from mes_app.store.copies import copy_store
from mes_app.store.drivers import SQLCIPHER
from tests.store.samples import open_store


def measure() -> int:
    """The most memory this process ever had, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found
    return int(found[1]) * 1024


def copy_and_measure(source: Path, target: Path) -> int:
    con = open_store(source)
    before = measure()
    with Secret(bytearray(range(32))) as key:
        copy_store(con, target, key, SQLCIPHER, prepare=None, let_others_in=lambda: None)
    grown = measure() - before
    con.close()
    return grown


if __name__ == "__main__":
    print(copy_and_measure(Path(sys.argv[1]), Path(sys.argv[2])))
