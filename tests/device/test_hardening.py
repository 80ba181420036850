import json
import resource
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")

START = """
import ctypes, json, os, resource
from mes_app.device.hardening import harden_process, read_hardening
"""
PROBE = """
harden_process()
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(json.dumps([resource.getrlimit(resource.RLIMIT_CORE), dumpable, os.umask(0)]))
"""
HARDENED = "harden_process(); print(json.dumps(read_hardening()))"
AS_IT_COMES = """
os.umask(0o022)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
print(json.dumps(read_hardening()))
"""


def ask(program: str) -> Any:
    """What a process of its own answers."""
    command = [sys.executable, "-c", START + program]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_s15_s11_a_hardened_process_leaves_no_core_and_private_files() -> None:
    assert ask(PROBE) == [[0, 0], 0, 0o077]


def test_s15_a_hardened_process_says_so_and_another_one_does_not() -> None:
    assert ask(HARDENED) == {"new_files": True, "core_dumps": True, "memory": True}
    forbidden = resource.getrlimit(resource.RLIMIT_CORE)[1] == 0  # from above, as when a test before made the app here
    assert ask(AS_IT_COMES) == {"new_files": False, "core_dumps": forbidden, "memory": False}
