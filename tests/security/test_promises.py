"""SECURITY.md promises nothing that no test proves."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = re.findall(r"^\| ([A-Z]\d+) \| (.+) \| (.+) \|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)


def list_tests() -> set[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))}


def test_every_control_is_proved_by_tests_that_carry_its_id() -> None:
    known = list_tests()
    assert len(ROWS) > 30
    for control, _, proofs in ROWS:
        named = re.findall(r"`(\w+)`", proofs)
        assert named
        assert [name for name in named if name not in known or f"_{control.lower()}_" not in name] == []


def test_every_control_that_has_a_test_is_told() -> None:
    proved = {found.upper() for name in list_tests() for found in re.findall(r"^test_([slnacpw]\d+)_", name)}
    assert proved == {control for control, _, _ in ROWS}
