import stat
from pathlib import Path

from tests.cli.phone import Phone, plain_server


def test_everything_is_read_with_the_server_gone(synced: Phone, tmp_path: Path) -> None:
    status = synced.ask("status")
    assert [(profile["name"], profile["holder"]) for profile in status["profiles"]] == [
        ("Anaïs Martin", True),
        ("Zoé Martin", False),
    ]
    assert status["last_sync"]
    (allergy,) = synced.ask("list", "allergies")
    assert allergy["title"] == "Pénicilline"
    assert synced.ask("show", "allergies", allergy["id"])["criticality"] == "high"
    titles = [document["title"] for document in synced.ask("list", "documents")]
    assert titles[-1] == "Ordonnance de printemps"


def test_a_sync_may_be_thorough(phone: Phone, tmp_path: Path) -> None:
    with plain_server(tmp_path) as base:
        assert phone.run("connect", "--fhir", base, "--patient", "mother")[0] == 0
        assert phone.ask("sync", "--thorough")["last_sync"]


def test_a_profile_is_chosen_by_its_first_name_or_the_start_of_its_id(synced: Phone) -> None:
    zoe = synced.ask("status")["profiles"][1]
    by_name = synced.ask("list", "allergies", "--profile", "zoé")
    assert [row["title"] for row in by_name] == ["Pollen"]
    assert synced.ask("list", "allergies", "--profile", zoe["pid"]) == by_name
    code, _, err = synced.run("list", "allergies", "--profile", "Personne")
    assert code == 1
    assert err.count("\n") == 1


def test_s11_saved_files_are_for_their_owner_only(synced: Phone, tmp_path: Path) -> None:
    document = synced.ask("list", "documents")[-1]
    file = tmp_path / "ordonnance.pdf"
    assert synced.ask("documents", "get", document["id"], "-o", str(file))["content_type"] == "application/pdf"
    synthesis = tmp_path / "synthese.pdf"
    assert synced.ask("synthesis", "-o", str(synthesis), "--profile", "Zoé")["size"] == synthesis.stat().st_size
    booklet = tmp_path / "carnet.pdf"
    assert synced.ask("booklet", "-o", str(booklet), "--profile", "Zoé")["size"] == booklet.stat().st_size
    for written in (file, synthesis, booklet):
        assert written.read_bytes().startswith(b"%PDF-")
        assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_sync_without_its_server_ends_with_1_and_harms_nothing(synced: Phone) -> None:
    code, _, err = synced.run("sync")
    assert code == 1
    assert "serveur" in err
    assert len(synced.ask("list", "documents")) == 4


def test_an_empty_section_says_so(synced: Phone) -> None:
    code, out, _ = synced.run("list", "vaccines")
    assert code == 0
    assert out == "Rien ici pour le moment.\n"
