"""Measures taken away and brought from a terminal."""

import io
import json
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


def test_measures_are_written_as_fhir_for_another_record(synced: Phone, tmp_path: Path) -> None:
    file = tmp_path / "mesures.json"
    told = synced.ask("measures", "export", str(file), "--format", "fhir")
    bundle = json.loads(file.read_text("utf-8"))
    observations = [each for each in bundle["entry"] if each["resource"]["resourceType"] == "Observation"]
    assert (bundle["type"], len(observations)) == ("collection", told["measures"])
    again = synced.ask("measures", "import", str(file))
    assert (again["chosen"], again["duplicates"], again["added"]) == (0, told["measures"], 0)


def test_a_machine_is_told_what_would_be_added_and_adds_it_when_it_says_yes(synced: Phone, tmp_path: Path) -> None:
    file = tmp_path / "bp.csv"
    file.write_text("Date;SYS(mmHg);DIA(mmHg)\n13/01/2025 08:00;120;80\n14/01/2025;720;80\nhier;120;80\n")
    told = synced.ask("measures", "import", str(file))
    assert (told["found"], told["chosen"], told["added"]) == ({"bp": 1}, 1, 0)
    assert [each["line"] for each in told["doubtful"]] == [3]
    assert told["faults"] == [{"line": 4, "reason": "not_a_date", "told": "hier"}]
    assert synced.ask("measures", "import", str(file), "--yes", "--doubtful")["added"] == 2
    assert synced.ask("measures", "import", str(file))["duplicates"] == 2


def test_a_person_is_shown_what_is_found_and_asked(synced: Phone, tmp_path: Path) -> None:
    file = tmp_path / "poids.csv"
    file.write_text("Date;Poids (kg)\n2025-01-13;70,5\n2025-01-14;7000\n2025-01-15;gros\n;\n")
    words = ("measures", "import", str(file))
    synced.monkeypatch.setattr("sys.stdin", io.StringIO("non\n"))
    code, out, err = synced.run(*words)
    assert (code, out.strip()) == (0, "Rien n’a été ajouté.")
    assert "À vérifier" in err
    assert "Ligne 4 : « gros » : ce n’est pas un nombre" in err.replace("\xa0", " ")
    synced.monkeypatch.setattr("sys.stdin", io.StringIO("oui\n"))
    assert "1 mesure ajoutée." in synced.run(*words)[1]


def test_a_table_that_is_not_known_is_told_what_its_columns_are(synced: Phone, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("Quand;Combien\n03/04/2025;5,4\n")
    code, _, err = synced.run("measures", "import", str(file))
    assert code != 0
    assert "Combien  (5,4)" in err
    said = ("--column", "date=Quand", "--column", "glucose:mmol/L=2", "--dates", "day_first")
    told = synced.ask("measures", "import", str(file), "--yes", *said)
    assert (told["found"], told["added"]) == ({"glucose": 1}, 1)
    for wrong in ("date=Hier", "humeur=1"):
        assert synced.run("measures", "import", str(file), "--column", wrong)[0] != 0
