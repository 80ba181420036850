"""The tables that the app ships."""

from importlib.resources import files

import pytest

from mes_app.domain.data_files import read_rows

NAMES = sorted(found.name.removesuffix(".csv") for found in files("mes_app.domain").joinpath("data").iterdir()
               if found.name.endswith(".csv"))  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_table_has_as_many_cells_in_each_row_as_it_names_columns(name: str) -> None:
    rows = read_rows(name)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
