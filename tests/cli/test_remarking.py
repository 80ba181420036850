"""Errors reported from a terminal."""

from pathlib import Path

from mes_app.i18n import t
from tests.cli.phone import Phone


def test_an_error_is_reported_in_the_words_of_a_file_listed_and_deleted(synced: Phone, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Ce n’était pas moi.")
    paper = synced.ask("list", "documents")[0]["id"]
    remark = synced.ask("report", paper, "--from", str(note))["id"]
    assert [row["title"] for row in synced.ask("list", "remarks")] == ["Ce n’était pas moi."]
    assert synced.ask("show", "remarks", remark)["text"] == "Ce n’était pas moi."
    code, out, _ = synced.run("report", paper, "--from", str(note))
    assert code == 0
    assert t("remarks.told") in out
    synced.ask("delete", "remarks", remark)
    assert len(synced.ask("list", "remarks")) == 1
    note.write_bytes(b"\xff\xfe\xff")
    assert synced.run("report", paper, "--from", str(note))[0] == 1
