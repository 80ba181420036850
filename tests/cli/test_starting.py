"""The demonstration as a real process: what it tells, and where it is found again."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def demonstrate(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """Run the demonstration without a window until it listens: what it answers, and what it says about accounts."""
    command = [sys.executable, "-m", "mes_app", "demo", "--headless", "--data", str(folder), "--json"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as demo:
        assert demo.stdout
        assert demo.stderr
        listening = json.loads(demo.stdout.readline())
        told = [demo.stderr.readline() for _ in listening["accounts"]]
        demo.terminate()
    return listening, told


def test_the_demonstration_tells_how_to_sign_in_and_moves_where_its_address_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (tmp_path / "server-port").write_text(str(port), "ascii")
        listening, told = demonstrate(tmp_path)
    assert "camille.martin" in told[0]
    assert urlsplit(listening["url"]).port not in (port, None)
    assert (tmp_path / "server-port").read_text("ascii") == str(urlsplit(listening["url"]).port)


def test_the_demonstration_is_found_again_at_its_address_while_that_is_free(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "server-port").write_text(str(port), "ascii")
    listening, _ = demonstrate(tmp_path)
    assert listening["url"] == f"http://127.0.0.1:{port}"
