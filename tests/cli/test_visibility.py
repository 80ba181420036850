"""Hiding documents from a terminal."""

import pytest

from tests.cli.phone import Phone


def list_ids(phone: Phone) -> list[str]:
    return [row["id"] for row in phone.ask("list", "documents")]


def test_some_documents_are_hidden_and_shown_again_with_the_server_gone(synced: Phone) -> None:
    first, second, *_ = list_ids(synced)
    told = synced.ask("documents", "hide", first, second)
    assert (told["hidden"], told["waiting"], told["enforced"]) == (2, 2, False)
    assert synced.ask("show", "documents", first)["hidden"]
    told = synced.ask("documents", "show", second)
    assert (told["hidden"], told["waiting"]) == (1, 1)


def test_all_documents_of_a_person_are_hidden_in_one_word(synced: Phone) -> None:
    total = len(list_ids(synced))
    assert synced.ask("documents", "hide", "--all")["hidden"] == total
    assert len(synced.ask("outbox")) == total
    assert synced.ask("documents", "show", "--all")["hidden"] == 0
    assert synced.ask("outbox") == []


def test_what_is_new_is_hidden_by_choice_of_one_person(synced: Phone) -> None:
    assert synced.ask("documents", "visibility", "--new", "hidden")["hides_new"]
    assert synced.ask("documents", "visibility")["hides_new"]
    assert not synced.ask("documents", "visibility", "--profile", "Zoé")["hides_new"]
    assert not synced.ask("documents", "visibility", "--new", "shown")["hides_new"]


def test_a_person_reads_it_in_words(synced: Phone) -> None:
    code, out, _ = synced.run("documents", "hide", list_ids(synced)[0])
    assert code == 0
    assert out.splitlines()[0].startswith("Masqués aux professionnels")
    assert len(out.splitlines()) == 4


def test_what_is_no_document_is_refused_in_one_line_and_nothing_is_hidden(synced: Phone) -> None:
    (allergy,) = synced.ask("list", "allergies")
    code, _, err = synced.run("documents", "hide", list_ids(synced)[0], allergy["id"])
    assert (code, err.count("\n")) == (1, 1)
    assert synced.ask("documents", "visibility")["hidden"] == 0


def test_which_documents_are_meant_must_be_said(synced: Phone) -> None:
    for words in ((), ("d1", "--all")):
        with pytest.raises(SystemExit) as ended:
            synced.run("documents", "hide", *words)
        assert ended.value.code == 2
