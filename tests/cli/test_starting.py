import json
import subprocess
import sys
from pathlib import Path


def test_the_demonstration_tells_how_to_sign_in_and_ends_with_its_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mes_app", "demo", "--headless", "--data", str(tmp_path), "--json"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as demo:
        assert demo.stdout
        assert demo.stderr
        listening = json.loads(demo.stdout.readline())
        told = [demo.stderr.readline() for _ in listening["accounts"]]
        demo.terminate()
    assert listening["url"].startswith("http://127.0.0.1:")
    assert "camille.martin" in told[0]
