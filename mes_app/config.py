"""Where data lives and what the environment decides: defaults and environment, read once into one frozen value."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "mes-carnets"


@dataclass(frozen=True)
class Config:
    """What the environment decides.

    ``data``: the folder of the vault. ``assets``: fonts, icon, demonstration. ``server``: the address offered at
    sign-in, empty if none; ``user``: the identifier offered there. ``demo``: the app runs on the demonstration backend.
    ``content_limit``: the largest document kept, in bytes. ``least_cost``: a new PIN or passphrase is stretched at the
    least cost allowed, for a device that is slow now and then, rather than at what takes this one a third of a second.
    """

    data: Path
    assets: Path
    server: str = ""
    user: str = ""
    demo: bool = False
    content_limit: int = 25_000_000
    least_cost: bool = False


def read_config(data: Path | None = None, *, server: str = "", user: str = "", demo: bool = False) -> Config:
    """The configuration: ``data`` wins over MES_DATA, which wins over the platform's own folder."""
    return Config(
        data=data or _data_from_environment(),
        assets=Path(os.environ.get("FLET_ASSETS_DIR") or Path(__file__).parent.parent / "assets"),
        server=server or os.environ.get("MES_SERVER", ""),
        user=user,
        demo=demo,
        least_cost=bool(os.environ.get("MES_LEAST_COST")),
    )


def _data_from_environment() -> Path:
    stated = os.environ.get("MES_DATA") or os.environ.get("FLET_APP_STORAGE_DATA")
    return Path(stated) if stated else Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))
