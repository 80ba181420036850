import io
import re
from pathlib import Path

from mes_app.domain.archives import ArchivedSettings
from mes_app.domain.people import PALETTE
from tests.cli.phone import Phone
from tests.formats.hostile_archives import pack
from tests.formats.xdm_archives import describe, xdm
from tests.services.family import patient, pdf
from tests.services.test_import_sources import DOCUMENT, ours

LETTER = pdf("Lettre")


def write(folder: Path, data: bytes) -> str:
    file = folder / "archive.zip"
    file.write_bytes(data)
    return str(file)


def test_a_machine_is_told_what_would_be_done_and_does_it_when_it_says_yes(synced: Phone, tmp_path: Path) -> None:
    file = write(tmp_path, xdm({"DOC1.PDF": LETTER}, describe("DOC1.PDF", LETTER), describe("DOC2.PDF", b"x")))
    told = synced.ask("documents", "import", file)
    assert [(item["title"], item["state"], item["reason"]) for item in told["items"]] == [
        ("Bilan de DOC1.PDF", "new", None), ("Bilan de DOC2.PDF", "faulty", "content_left_out"),
    ]  # fmt: skip
    assert told["added"] == 0
    assert "Bilan de DOC1.PDF" not in [row["title"] for row in synced.ask("documents", "list")]
    assert synced.ask("documents", "import", file, "--yes")["added"] == 1
    assert "Bilan de DOC1.PDF" in [row["title"] for row in synced.ask("documents", "list")]
    assert [item["state"] for item in synced.ask("documents", "import", file)["items"]] == ["duplicate", "faulty"]


def test_what_was_set_beside_the_record_is_told_by_its_name_and_replaces_nothing_by_itself(
    synced: Phone, tmp_path: Path
) -> None:
    settings = ArchivedSettings(units={"glucose": "mmol/L"}, colour=PALETTE[5])
    person = patient("mother", "Anaïs", "", "")
    file = write(tmp_path, ours(DOCUMENT | {"status": "current"}, person, settings=settings))
    told = {item["setting"]: item for item in synced.ask("documents", "import", file, "--yes")["items"]}
    assert {name: (item["kind"], item["state"], item["replaces"]) for name, item in told.items() if name} == {
        "units": (None, "new", False), "colour": (None, "new", True),
    }  # fmt: skip
    synced.monkeypatch.setattr("sys.stdin", io.StringIO(""))
    _, out, _ = synced.run("documents", "import", file)
    assert re.search("^déjà dans le dossier +Unités préférées$", out, re.MULTILINE)
    assert "Couleur du carnet · remplacerait le réglage d’ici" in out


def test_a_person_sees_what_is_there_and_is_asked(synced: Phone, tmp_path: Path) -> None:
    file = write(tmp_path, pack(("Lettre.pdf", LETTER), ("../a", b"x")))
    words = ("documents", "import", file)
    synced.monkeypatch.setattr("sys.stdin", io.StringIO("non\n"))
    code, out, err = synced.run(*words)
    assert code == 0
    assert "Lettre" in err
    assert "mène hors de l’archive" in err
    assert out.strip() == "Rien n’a été ajouté."
    synced.monkeypatch.setattr("sys.stdin", io.StringIO("oui\n"))
    code, out, _ = synced.run(*words)
    assert code == 0
    assert "1 élément ajouté." in out
    synced.monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "Il n’y a rien de nouveau à ajouter." in synced.run(*words)[1]
