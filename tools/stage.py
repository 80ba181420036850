"""`make stage`: copy what ships to build/stage, with flet.toml as the [tool.flet] of its pyproject.toml (ADR 5)."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import tomli_w

from mes_app import __version__

ROOT = Path(__file__).parent.parent
SHIPPED = ("main.py", "mes_app", "assets", "NOTICE")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")


def stage(root: Path, target: Path) -> None:
    """Make ``target`` anew from the project in ``root``."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in SHIPPED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=LEFT_OUT)
        else:
            shutil.copy2(source, target / name)
    (target / "pyproject.toml").write_text(tomli_w.dumps(make_pyproject(root)), "utf-8")


def make_pyproject(root: Path) -> dict[str, Any]:
    """The staged project: our name, version and dependencies, and the settings that Flet reads."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    kept = {key: project[key] for key in ("name", "description", "requires-python", "dependencies")}
    settings = tomllib.loads((root / "flet.toml").read_text("utf-8"))
    return {"project": kept | {"version": __version__}, "tool": {"flet": settings}}


if __name__ == "__main__":
    stage(ROOT, ROOT / "build" / "stage")
