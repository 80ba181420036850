"""What the app is built from: files that were seen once and are known by their hashes, from whatever index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements" / "dev.txt"
LOCKS = sorted(LOCK.parent.glob("*.txt"))
PINNED = re.compile(r"[A-Za-z0-9._\[\]-]+==[^\s;]+( ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def read_lines(lock: Path) -> list[str]:
    """The requirements of ``lock``, each with its hashes on one line."""
    text = re.sub(r"^ *#.*\n", "", lock.read_text("utf-8"), flags=re.MULTILINE)
    return [line.strip() for line in text.replace("\\\n", " ").splitlines()]


def list_locked() -> set[str]:
    return {canonicalize_name(re.findall(r"^[A-Za-z0-9._-]+", line)[0]) for line in read_lines(LOCK)}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_c1_every_requirement_is_one_version_known_by_its_hashes_and_names_no_index(lock: Path) -> None:
    lines = read_lines(lock)
    assert len(lines) > 60
    for line in lines:
        pinned, *hashes = re.split(r"\s+(?=--)", line)
        assert PINNED.fullmatch(pinned.strip()), line
        assert hashes, line
        assert [one for one in hashes if not HASH.fullmatch(one.strip())] == []
    assert "://" not in lock.read_text("utf-8")


def test_c1_nothing_is_installed_that_is_not_known_by_its_hash() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line]
    assert installs
    assert all("--require-hashes -r requirements/" in line or "--no-deps" in line for line in installs)
    assert "://" not in makefile


def test_c1_every_dependency_that_is_declared_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    declared = [*project["dependencies"], *(need for extra in extras for need in extra)]
    assert {canonicalize_name(Requirement(need).name) for need in declared} <= list_locked()
