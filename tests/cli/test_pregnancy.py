"""The booklet of a pregnancy in a terminal."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from mes_app.i18n import t
from tests.cli.phone import Phone


def note(phone: Phone, folder: Path, values: dict[str, str]) -> str:
    file = folder / "values.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    return str(phone.ask("add", "pregnancies", "--from", str(file))["id"])


def by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in items}


def test_a_pregnancy_is_noted_followed_and_hidden_once_it_is_over(synced: Phone, tmp_path: Path) -> None:
    start = date.today() - timedelta(weeks=23, days=4)  # noqa: DTZ011 - where one types
    record = note(synced, tmp_path, {"status": "current", "basis": "last_period", "day": start.isoformat()})
    synced.ask("prevention", "--done", "mat-epp")
    (told,) = synced.ask("pregnancy")
    assert (told["id"], told["weeks"], told["days"]) == (record, 23, 4)
    assert told["expected"] == (start + timedelta(weeks=41)).isoformat()
    assert by_id(told["steps"])["mat-epp"]["mark"] == "done"
    code, out, _ = synced.run("pregnancy")
    assert code == 0
    assert "23 SA + 4 j" in out
    assert t("pregnancy.told") in out
    assert synced.ask("pregnancy", "--hide", record) == []
    assert synced.ask("list", "pregnancies") == []
    assert [one["id"] for one in synced.ask("pregnancy", "--all")] == [record]
    assert [one["id"] for one in synced.ask("pregnancy", "--show", record)] == [record]
