import subprocess
import sys

import pytest

PROGRAM = """
from pathlib import Path
from mes_app.device.memory import release_memory
def count_pages():
    return int(Path("/proc/self/statm").read_text().split()[1])
texts = [str(number).rjust(2_000) for number in range(40_000)]
last = texts[-1]  # holds the end of the heap, which the allocator would give back by itself
del texts
held = count_pages()
release_memory()
print(held - count_pages())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_s13_what_was_freed_goes_back_to_the_system() -> None:
    told = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True).stdout
    assert int(told) * 4_096 > 60_000_000
