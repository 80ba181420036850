"""Measures taken away from a terminal."""

from pathlib import Path

from tests.cli.phone import Phone


def test_measures_are_written_as_a_table_of_all_or_of_one_kind(synced: Phone, tmp_path: Path) -> None:
    table = tmp_path / "mesures.csv"
    told = synced.ask("measures", "export", str(table))
    assert (told["file"], told["size"]) == (str(table), table.stat().st_size)
    lines = table.read_text("utf-8-sig").splitlines()
    assert (lines[0].split(";")[0], len(lines)) == ("Mesure", told["measures"] + 1)
    assert any(line.startswith("Poids;29463-7;") for line in lines)
    assert synced.ask("measures", "export", str(table), "--measure", "pain")["measures"] == 0
    code, out, _ = synced.run("measures", "export", str(table))
    assert code == 0
    assert f"{told['measures']} mesures." in out
