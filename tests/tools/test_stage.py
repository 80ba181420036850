import tomllib
from pathlib import Path

from mes_app import __version__
from tools.stage import ROOT, stage


def test_the_stage_holds_what_ships_and_the_settings_of_flet_toml(tmp_path: Path) -> None:
    stage(ROOT, tmp_path / "stage")
    staged = tomllib.loads((tmp_path / "stage" / "pyproject.toml").read_text("utf-8"))
    assert staged["tool"]["flet"] == tomllib.loads((ROOT / "flet.toml").read_text("utf-8"))
    assert staged["project"]["version"] == __version__
    assert sorted(found.name for found in (tmp_path / "stage").iterdir()) == [
        "NOTICE",
        "assets",
        "main.py",
        "mes_app",
        "pyproject.toml",
    ]


def test_s10_the_system_may_not_back_the_vault_up_nor_speak_in_clear() -> None:
    application = tomllib.loads((ROOT / "flet.toml").read_text("utf-8"))["android"]["manifest_application"]
    assert application == {"allowBackup": "false", "fullBackupContent": "false", "usesCleartextTraffic": "false"}


def test_p1_the_app_asks_for_network_and_biometrics_only() -> None:
    permissions = tomllib.loads((ROOT / "flet.toml").read_text("utf-8"))["android"]["permission"]
    assert set(permissions) == {"android.permission.INTERNET", "android.permission.USE_BIOMETRIC"}


def test_l3_phones_get_the_key_store_that_the_tests_know_and_nothing_that_only_says_yes() -> None:
    settings = tomllib.loads((ROOT / "flet.toml").read_text("utf-8"))
    tested = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["dev"]
    for system in ("android", "ios"):
        (plugin,) = settings[system]["dependencies"]
        assert plugin.startswith("flet-secure-storage")
        assert plugin in tested
