import json
import subprocess
import sys

import pytest

PROBE = """
import ctypes, json, os, resource
from mes_app.device.hardening import harden_process
harden_process()
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(json.dumps([resource.getrlimit(resource.RLIMIT_CORE), dumpable, os.umask(0)]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_s15_s11_a_hardened_process_leaves_no_core_and_private_files() -> None:
    answer = subprocess.run([sys.executable, "-c", PROBE], check=True, capture_output=True, text=True).stdout
    assert json.loads(answer) == [[0, 0], 0, 0o077]
