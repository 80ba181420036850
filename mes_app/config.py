"""Where data lives and how long things wait: defaults and environment, read once into one frozen value."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "mes-carnets"


@dataclass(frozen=True)
class Config:
    """``data``: the folder of the vault. ``server``: the address offered at sign-in, if any."""

    data: Path
    server: str | None = None
    demo: bool = False
    content_limit: int = 25_000_000
    idle_lock_seconds: int = 300
    background_lock_seconds: int = 30


def read_config(data: Path | None = None, *, server: str | None = None, demo: bool = False) -> Config:
    """The configuration: ``data`` wins over MES_DATA, which wins over the platform's own folder."""
    return Config(
        data=data or _data_from_environment(),
        server=server or os.environ.get("MES_SERVER") or None,
        demo=demo,
    )


def _data_from_environment() -> Path:
    stated = os.environ.get("MES_DATA") or os.environ.get("FLET_APP_STORAGE_DATA")
    return Path(stated) if stated else Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))
