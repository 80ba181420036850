"""The inventory says all that ships, and nothing that only builds or tests the app."""

import re
from importlib.metadata import version

from mes_app import __version__
from tools.inventory import APP, EXTRAS, ROOT, make_inventory


def test_c1_the_inventory_names_what_ships_as_it_was_locked() -> None:
    inventory = make_inventory(APP, EXTRAS)
    assert (inventory["bomFormat"], inventory["specVersion"]) == ("CycloneDX", "1.6")
    assert inventory["metadata"]["component"]["purl"] == f"pkg:pypi/mes-carnets@{__version__}"
    told = {part["purl"]: part for part in inventory["components"]}
    for name in ("sqlcipher3", "cryptography", "argon2-cffi", "flet", "httpx", "msgspec", "pydantic-core", "cffi"):
        assert f"pkg:pypi/{name}@{version(name)}" in told
    assert not [purl for purl in told if re.search("/(pytest|ruff|mypy|hypothesis|playwright|aiosmtpd)@", purl)]
    lock = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    locked = {f"pkg:pypi/{name}@{kept}" for name, kept in re.findall(r"^([a-z0-9-]+)\S*==(\S+)", lock, re.MULTILINE)}
    assert set(told) <= locked


def test_c1_every_part_names_its_licence_there_or_in_our_notices() -> None:
    parts = make_inventory(APP, EXTRAS)["components"]
    unnamed = [part["name"] for part in parts if not part["licenses"]]
    notices = (ROOT / "NOTICE").read_text("utf-8")
    assert [name for name in unnamed if name not in notices] == []
