"""The tables that the app ships in ``data``: what each is and whose, the README beside them says."""

import csv
from importlib.resources import files


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of the table ``name`` in its order, by the names of its columns."""
    with files("mes_app.domain").joinpath(f"data/{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter=";", strict=True))
