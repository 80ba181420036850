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
