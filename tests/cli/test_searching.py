"""Finding documents and entries of the health profile from a terminal."""

import re

from tests.cli.phone import Phone


def test_a_document_is_found_by_a_word_of_its_content(synced: Phone) -> None:
    (found,) = synced.ask("search", "ete", "cart")
    assert (found["title"], found["place"]) == ("Notes", "text")
    assert found["excerpt"] == {"text": "Apporter la carte, l’été.", "hits": [[12, 16], [21, 24]]}


def test_a_person_reads_the_document_and_the_words_around(synced: Phone) -> None:
    code, out, _ = synced.run("search", "carte")
    assert code == 0
    title, excerpt = out.splitlines()
    assert "Notes" in title
    assert excerpt.strip() == "Apporter la carte, l’été."


def test_a_search_keeps_to_its_filters_and_its_profile(synced: Phone) -> None:
    assert [found["place"] for found in synced.ask("search", "ordonnances")] == ["title"]
    assert synced.ask("search", "ordonnance", "--category", "BIOLOGIE") == []
    assert synced.ask("search", "ordonnance", "--profile", "Zoé") == []


def test_what_is_not_found_says_what_to_try(synced: Phone) -> None:
    code, out, _ = synced.run("search", "introuvable")
    assert code == 0
    assert "Essayez" in out


def test_an_entry_of_the_health_profile_is_found_with_its_kind_beside_documents(synced: Phone) -> None:
    (found,) = synced.ask("search", "penicil")
    assert (found["kind"], found["title"]) == ("allergies", "Pénicilline")
    assert {found["kind"] for found in synced.ask("search", "ordonnance")} == {"documents"}
    code, out, _ = synced.run("search", "penicil")
    assert code == 0
    assert re.search(r"  Allergies +Pénicilline$", out.strip())


def test_a_measure_is_found_by_its_name_as_its_newest_value(synced: Phone) -> None:
    (found,) = synced.ask("search", "poids")
    assert (found["kind"], found["category"], found["value"], found["unit"]) == ("measures", "weight", 62.0, "kg")
    assert re.search(r"Mesures +Poids  62\skg$", synced.run("search", "poids")[1].strip())


def test_a_filter_of_documents_leaves_documents_alone(synced: Phone) -> None:
    assert synced.ask("search", "penicil", "--category", "BIOLOGIE") == []
