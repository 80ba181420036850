"""SECURITY.md promises nothing that no test proves, and is silent about no control."""

import re
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([A-Z]\d+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
WAITING = dict(re.findall(r"^- \*\*([A-Z]\d+)\*\* ((?:.+\n)+?)(?=- |\n)", PAGE, re.MULTILINE))
NUMBERS = {"S": 15, "L": 6, "N": 7, "A": 6, "C": 4, "P": 3, "W": 3}
"""How many controls each letter has: storage, lock, network, access, code, privacy, and the browser mode."""
CONTROLS = set(chain.from_iterable((f"{letter}{n + 1}" for n in range(last)) for letter, last in NUMBERS.items()))


def list_tests() -> set[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))}


def test_every_control_is_in_the_table_or_waits_with_its_reason() -> None:
    told = [control for control, _, _ in ROWS]
    assert sorted([*told, *WAITING]) == sorted(CONTROLS)
    assert [control for control, reason in WAITING.items() if len(reason.split(":", 1)[-1].split()) < 6] == []


def test_every_control_is_proved_by_tests_that_carry_its_id() -> None:
    known = list_tests()
    for control, _, proofs in ROWS:
        named = re.findall(r"`(test_\w+)`", proofs)
        assert named
        assert [name for name in named if name not in known or f"_{control.lower()}_" not in name] == []


def test_every_control_that_has_a_test_is_told() -> None:
    carried = chain.from_iterable(
        re.findall(r"(?:^test|(?<=[a-z]\d))_([slnacpw]\d+)(?=_)", name) for name in list_tests()
    )
    assert {control.upper() for control in carried} == {control for control, _, _ in ROWS}
