"""The growth of a child from a terminal."""

from pathlib import Path

from tests.cli.phone import Phone


def test_a_child_is_placed_between_the_lines_in_numbers_and_in_words(synced: Phone, tmp_path: Path) -> None:
    values = tmp_path / "weight.json"
    values.write_text('{"measure": "weight", "value": "7.2", "date": "2017-08-28"}')
    synced.ask("add", "measures", "--profile", "Zoé", "--from", str(values))
    told = synced.ask("growth", "--profile", "Zoé")
    assert (told["source"], told["weeks_at_birth"]) == ("WHO Child Growth Standards 2006", None)
    (point,) = told["curves"]["weight"]["points"]
    assert (point["age_in_days"], point["percentile"], point["corrected"]) == (181, 46.5, False)
    code, out, _ = synced.run("growth", "--profile", "Zoé")
    assert code == 0
    assert "7,2\u202fkg" in out
    assert "6 mois, entre la 15e et la 50e ligne" in out
    assert "différentes de celles du carnet de santé français" in out


def test_weeks_at_birth_are_kept_and_taken_back(synced: Phone) -> None:
    assert synced.ask("growth", "--profile", "Zoé", "--weeks", "34")["weeks_at_birth"] == 34
    assert synced.ask("growth", "--profile", "Zoé")["weeks_at_birth"] == 34
    assert synced.ask("growth", "--profile", "Zoé", "--weeks", "0")["weeks_at_birth"] is None
    code, _, err = synced.run("growth", "--profile", "Zoé", "--weeks", "39")
    assert (code, err.count("\n")) == (1, 1)
