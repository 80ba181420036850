"""What the app keeps is told to the person in plain words, and nothing is said where others look on.

That a whole story leaves no other file is proved in test_protection.py.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from mes_app.crypto.keys import SlotKind, name_attempts
from mes_app.services.settings import FILE_NAME
from mes_app.services.vault_files import VaultFiles
from tests.security.data_maps import list_untold

ROOT = Path(__file__).parents[2]


def test_p2_each_file_of_a_vault_is_in_the_data_map() -> None:
    files = VaultFiles(Path("vault"))
    kept = (files.keys, files.database, files.emergency, files.tally, files.contents / "one")
    attempts = files.folder / name_attempts("db-1", SlotKind.RECOVERY).replace(":", "-")
    assert list_untold([path.as_posix() for path in (*kept, attempts)] + [FILE_NAME, "tmp/one"]) == set()
    assert list_untold(["vault/other", "vault.new/keys.json"]) == {"vault/other"}


def list_names(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.name for alias in node.names)


def test_p3_nothing_notifies_so_no_notification_holds_health_data() -> None:
    sources = list((ROOT / "mes_app").rglob("*.py"))
    names = {name for source in sources for name in list_names(source)}
    assert "flet" in names
    assert [name for name in names if "notification" in name.lower()] == []


def test_p3_no_permission_and_no_plugin_to_notify_is_asked_for() -> None:
    settings = tomllib.loads((ROOT / "flet.toml").read_text("utf-8"))
    assert "POST_NOTIFICATIONS" not in str(settings)
    plugins = {plugin for system in ("android", "ios") for plugin in settings[system]["dependencies"]}
    assert [plugin for plugin in plugins if not plugin.startswith("flet-secure-storage")] == []
