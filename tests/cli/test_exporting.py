import stat
from pathlib import Path

from tests.cli.phone import Phone
from tests.services.export_stories import Archive


def test_everybody_is_exported_and_what_was_written_is_said(synced: Phone, tmp_path: Path) -> None:
    file = tmp_path / "out.zip"
    told = synced.ask("export", "archive", "-o", str(file))
    archive = Archive(file)
    assert [person.folder for person in archive.manifest.people] == ["Anaïs Martin", "Zoé Martin"]
    assert told == {"file": str(file), "size": file.stat().st_size, "documents": 4, "omitted": []}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_one_person_can_be_chosen_and_anyone_who_has_the_file_can_read_it(synced: Phone, tmp_path: Path) -> None:
    code, out, _ = synced.run("export", "archive", "-o", str(tmp_path / "out.zip"), "--profile", "Zoé")
    assert code == 0
    assert "0 document avec son fichier." in out
    assert "n’est pas chiffrée" in out
    assert [person.folder for person in Archive(tmp_path / "out.zip").manifest.people] == ["Zoé Martin"]


def test_what_only_a_server_that_is_gone_has_is_told_and_is_no_failure(synced: Phone, tmp_path: Path) -> None:
    synced.ask("storage", "free")
    told = synced.ask("export", "archive", "-o", str(tmp_path / "out.zip"))
    assert (told["documents"], [one["why"] for one in told["omitted"]]) == (0, ["offline"] * 4)
    _, out, _ = synced.run("export", "archive", "-o", str(tmp_path / "out.zip"))
    assert "4 × Non inclus" in out


def test_a_folder_in_place_of_a_file_ends_with_1(synced: Phone, tmp_path: Path) -> None:
    code, _, err = synced.run("export", "archive", "-o", str(tmp_path))
    assert (code, err.count("\n")) == (1, 1)
