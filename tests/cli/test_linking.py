"""Links in a terminal."""

import json
from pathlib import Path

from tests.cli.phone import Phone

PILL = {"medicine": "Doliprane"}


def test_a_treatment_is_linked_to_a_document_seen_from_it_and_unlinked(synced: Phone, tmp_path: Path) -> None:
    form = tmp_path / "pill.json"
    form.write_text(json.dumps(PILL))
    pill = synced.ask("add", "treatments", "--from", str(form))["id"]
    paper = synced.ask("list", "documents")[0]["id"]
    assert synced.ask("link", paper, pill) == {"id": pill}
    (linked,) = synced.ask("links", pill)
    assert (linked["id"], linked["kind"], linked["mine"]) == (paper, "documents", True)
    code, out, _ = synced.run("links", paper)
    assert code == 0
    assert "Doliprane" in out
    synced.ask("unlink", pill, paper)
    assert synced.ask("links", pill) == []
    code, _, err = synced.run("unlink", pill, paper)
    assert code == 1
    assert err.count("\n") == 1


def test_a_treatment_is_added_with_its_links_or_not_at_all(synced: Phone, tmp_path: Path) -> None:
    form = tmp_path / "pill.json"
    form.write_text(json.dumps(PILL))
    papers = [row["id"] for row in synced.ask("list", "documents")[:2]]
    add = ("add", "treatments", "--from", str(form))
    pill = synced.ask(*add, "--link", papers[0], "--link", papers[1])["id"]
    assert {linked["id"] for linked in synced.ask("links", pill)} == {*papers}
    before = synced.ask("list", "treatments")
    code, _, err = synced.run(*add, "--link", papers[0], "--link", pill)
    assert (code, err.count("\n")) == (1, 1)
    assert synced.ask("list", "treatments") == before
