from pathlib import Path

import pytest

from mes_app.config import read_config


def test_the_stated_folder_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MES_DATA", str(tmp_path / "environment"))
    assert read_config(tmp_path / "stated").data == tmp_path / "stated"
    assert read_config().data == tmp_path / "environment"


def test_a_phone_keeps_its_data_where_flet_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MES_DATA", raising=False)
    monkeypatch.setenv("FLET_APP_STORAGE_DATA", str(tmp_path))
    assert read_config().data == tmp_path


def test_the_server_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MES_SERVER", "https://carnets.example")
    assert read_config().server == "https://carnets.example"
    assert read_config(server="https://autre.example").server == "https://autre.example"


def test_the_least_cost_is_chosen_by_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MES_LEAST_COST", raising=False)
    assert not read_config().least_cost
    monkeypatch.setenv("MES_LEAST_COST", "1")
    assert read_config().least_cost
