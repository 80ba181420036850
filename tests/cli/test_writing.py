import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.phone import Phone
from tests.formats.hostile_files import at_root, script
from tests.services.family import image, pdf


def write_form(folder: Path, **values: Any) -> str:
    file = folder / "form.json"
    file.write_text(json.dumps(values), "utf-8")
    return str(file)


def test_a_record_is_added_changed_and_deleted_with_the_server_gone(synced: Phone, tmp_path: Path) -> None:
    form = write_form(tmp_path, substance="Arachide", criticality="high")
    made = synced.ask("add", "allergies", "--from", form, "--profile", "Zoé")["id"]
    assert synced.ask("show", "allergies", made)["criticality"] == "high"
    synced.ask("edit", "allergies", made, "--from", write_form(tmp_path, note="Depuis le printemps"))
    shown = synced.ask("show", "allergies", made)
    assert (shown["substance"]["text"], shown["criticality"], shown["note"]) == (
        "Arachide", "high", "Depuis le printemps",
    )  # fmt: skip
    assert [change["operation"] for change in synced.ask("outbox")] == ["created"]
    assert [profile["unsent"] for profile in synced.ask("status")["profiles"]] == [0, 1]
    synced.ask("delete", "allergies", made)
    assert [row["title"] for row in synced.ask("list", "allergies", "--profile", "Zoé")] == ["Pollen"]
    assert synced.ask("outbox") == []


def test_what_is_for_adults_is_refused_for_a_child_and_half_a_date_stays_so(synced: Phone, tmp_path: Path) -> None:
    words = ("add", "wishes", "--from", write_form(tmp_path, wish="Don d’organes"), "--profile", "Zoé")
    code, _, err = synced.run(*words)
    assert (code, err.count("\n")) == (1, 1)
    assert "faite pour les adultes" in err
    made = synced.ask("add", "appointments", "--from", write_form(tmp_path, title="Dentiste", start="06/2027"))["id"]
    assert synced.ask("show", "appointments", made)["start"] == {"text": "2027-06"}


def test_a_number_hard_to_believe_must_be_confirmed(synced: Phone, tmp_path: Path) -> None:
    words = ("add", "measures", "--from", write_form(tmp_path, measure="weight", value="612", date="2026-11-02"))
    code, _, err = synced.run(*words)
    assert code == 1
    assert err.count("\n") == 1
    assert synced.run(*words, "--confirm")[0] == 0
    assert synced.ask("list", "measures")[0]["value"] == 612


def test_a_number_is_said_in_another_unit_of_its_measure(synced: Phone, tmp_path: Path) -> None:
    said = write_form(tmp_path, measure="weight", value="61500", unit_weight="g", date="2026-11-02")
    synced.ask("add", "measures", "--from", said)
    newest = synced.ask("list", "measures")[0]
    assert (newest["value"], newest["unit"]) == (61.5, "kg")
    odd = write_form(tmp_path, measure="weight", value="61500", unit_height="m", date="2026-11-02")
    assert synced.run("add", "measures", "--from", odd)[0] == 1


def test_a_document_is_filed_with_its_content(synced: Phone, tmp_path: Path) -> None:
    file, copy = tmp_path / "bilan", tmp_path / "copy.pdf"
    file.write_bytes(pdf("Bilan"))
    said = ("--title", "Bilan sanguin", "--category", "BIOLOGIE", "--date", "2026-10-01")
    made = synced.ask("documents", "add", str(file), *said)["id"]
    assert synced.ask("list", "documents")[0]["title"] == "Bilan sanguin"
    synced.ask("documents", "get", made, "-o", str(copy))
    assert copy.read_bytes() == file.read_bytes()
    synced.ask("delete", "documents", made)
    assert synced.ask("outbox") == []


def test_a_document_of_ones_own_is_said_to_be_something_else(synced: Phone, tmp_path: Path) -> None:
    file = tmp_path / "carte"
    file.write_bytes(pdf("Carte"))
    made = synced.ask("documents", "add", str(file), "--title", "Carte", "--category", "AUTR_DOC")["id"]
    said = ("--category", "DOC_ADM", "--paper", "identity", "--expires", "2031", "--date", "2026-10-01")
    synced.ask("documents", "edit", made, *said)
    shown = synced.ask("show", "documents", made)
    assert (shown["title"], shown["category"], shown["paper"]) == ("Carte", "DOC_ADM", "identity")
    assert (shown["date"]["text"], shown["expires"]["text"]) == ("2026-10-01", "2031")
    for words in ((made, "--title", " "), (synced.ask("list", "documents")[-1]["id"], "--title", "Autre")):
        code, _, err = synced.run("documents", "edit", *words)
        assert (code, err.count("\n")) == (1, 1)


def test_a_document_is_called_by_a_title_of_ones_own_on_this_device_only(synced: Phone) -> None:
    row = synced.ask("documents", "list")[0]
    synced.ask("documents", "rename", row["id"], "Pour mon genou")
    named = synced.ask("documents", "list")[0]
    assert (named["title"], named["own_title"]) == (row["title"], "Pour mon genou")
    assert "Pour mon genou" in synced.run("documents", "list")[1]
    assert synced.ask("outbox") == []
    synced.ask("documents", "rename", row["id"], "")
    assert synced.ask("documents", "list")[0]["own_title"] == ""


def test_photos_become_the_pages_of_one_document_and_files_one_document_each(synced: Phone, tmp_path: Path) -> None:
    photos = [tmp_path / name for name in ("recto", "verso")]
    for photo in photos:
        photo.write_bytes(image("JPEG"))
    said = ("--title", "Carte", "--category", "DOC_ADM", "--paper", "european-card", "--expires", "2031-05")
    made = synced.ask("documents", "add", *map(str, photos), "--pages", *said)
    assert made["ids"] == [made["id"]]
    assert synced.ask("show", "documents", made["id"])["expires"]["text"] == "2031-05"
    assert len(synced.ask("documents", "add", *map(str, photos), *said)["ids"]) == 2
    assert [row["title"] for row in synced.ask("list", "documents")[:3]] == ["Carte (2)", "Carte (1)", "Carte"]


def test_what_acts_is_taken_out_and_said_or_the_file_is_refused(synced: Phone, tmp_path: Path) -> None:
    file, said = tmp_path / "bilan.pdf", ("--title", "Bilan", "--category", "BIOLOGIE")
    file.write_bytes(at_root("/OpenAction", script()))
    assert synced.ask("documents", "add", str(file), *said)["changes"] == ["actions"]
    file.write_bytes(b"#!/bin/sh\n")
    code, out, err = synced.run("documents", "add", str(file), *said)
    assert (code, out, err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    "content", [None, "", "[1]", '{"substance": 1}', '{"substance": "x", "colour": "red"}', "{" * 10]
)
def test_a_file_that_is_not_the_form_is_refused_whole(synced: Phone, tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "form.json"
    if content is not None:
        file.write_text(content)
    code, _, err = synced.run("add", "allergies", "--from", str(file))
    assert (code, err.count("\n")) == (1, 1)
    assert synced.ask("outbox") == []


def test_a_record_of_another_section_or_of_a_professional_is_left_alone(synced: Phone, tmp_path: Path) -> None:
    (allergy,) = synced.ask("list", "allergies")
    document = synced.ask("list", "documents")[0]
    for words in (("conditions", allergy["id"]), ("documents", document["id"])):
        code, _, err = synced.run("delete", *words)
        assert (code, err.count("\n")) == (1, 1)
    assert synced.ask("outbox") == []


def test_how_a_person_is_reached_is_edited_and_who_they_are_is_not(synced: Phone, tmp_path: Path) -> None:
    (row,) = synced.ask("list", "people", "--profile", "Zoé")
    form = write_form(tmp_path, mobile="0639980000", postcode="69003", city="Lyon")
    synced.ask("edit", "people", row["id"], "--from", form)
    shown = synced.ask("show", "people", row["id"])
    assert (shown["mobile"], shown["postcode"], shown["city"]) == ("06 39 98 00 00", "69003", "Lyon")
    for refused in ({"name": "Autre"}, {"postcode": "6900"}):
        assert synced.run("edit", "people", row["id"], "--from", write_form(tmp_path, **refused))[0] == 1
    for words in (("delete", "people", row["id"]), ("add", "people", "--from", form)):
        with pytest.raises(SystemExit):
            synced.run(*words)
    assert [change["operation"] for change in synced.ask("outbox")] == ["changed"]


def test_an_empty_section_is_said_to_have_nothing_and_one_that_is_not_is_not(synced: Phone) -> None:
    synced.ask("nothing", "conditions", "--profile", "Zoé")
    assert [change["kind"] for change in synced.ask("outbox")] == ["nothing_declared"]
    assert synced.run("nothing", "allergies", "--profile", "Zoé")[0] == 1


def test_the_code_of_a_box_is_enough_for_its_lot_and_its_expiry(synced: Phone, tmp_path: Path) -> None:
    box = "(01)03400930000007(17)270500(10)W3R29"
    made = synced.ask("add", "vaccines", "--from", write_form(tmp_path, vaccine="Repevax", product=box))["id"]
    shown = synced.ask("show", "vaccines", made)
    assert (shown["product"], shown["lot"], shown["expires"]["text"]) == ("3400930000007", "W3R29", "2027-05")
    wrong = write_form(tmp_path, vaccine="Repevax", product="3400930000008")
    assert synced.run("add", "vaccines", "--from", wrong)[0] == 1
