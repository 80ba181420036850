import platform
import subprocess
import sys

import pytest

SHRUNK = """
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

OVERWRITTEN = """
import ctypes
from mes_app.device.memory import release_memory
def count():
    return sum(ctypes.string_at(place, 80).count(b"Camille") for place in places)
names = ["Camille".ljust(8 + number % 400) for number in range(40_000)]
places = [id(name) for name in names[::2]]
held = count()
del names[::2]  # their neighbours keep the memory in the process
release_memory()
print(held - count())
"""

AT_ONCE = """
import ctypes
from mes_app.device.memory import overwrite_freed_memory
overwrite_freed_memory()
allocate, free = ctypes.CDLL(None).malloc, ctypes.CDLL(None).free
allocate.restype, free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
place, neighbour = allocate(4_000), allocate(4_000)
ctypes.memset(place, ord("x"), 4_000)
free(place)
print(4_000 - ctypes.string_at(place, 4_000).count(b"x"))
"""

on_glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="asks glibc and the Linux kernel")


def run(program: str) -> int:
    return int(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


@on_glibc
def test_s13_what_was_freed_goes_back_to_the_system() -> None:
    assert run(SHRUNK) * 4_096 > 60_000_000


def test_s13_what_python_freed_and_keeps_for_itself_is_overwritten() -> None:
    assert run(OVERWRITTEN) > 19_900


@on_glibc
def test_s13_what_c_code_frees_is_overwritten_at_once() -> None:
    assert run(AT_ONCE) == 4_000
