"""Reads the texts of the demonstration: content/*.toml, where its French prose and its tables are kept."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_content(name: str) -> dict[str, Any]:
    """What content/``name``.toml says. It is shared: do not change it."""
    return tomllib.loads(files("mes_backend.demo").joinpath(f"content/{name}.toml").read_text("utf-8"))
