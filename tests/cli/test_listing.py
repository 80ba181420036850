"""Listing documents from a terminal."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from mes_app.cli.listing import list_versions
from mes_app.cli.terminal import Terminal
from mes_app.domain.people import Profile
from mes_app.services.session import Session
from tests.cli.phone import Phone
from tests.services.family import document, list_documents, pdf, tell


def list_titles(phone: Phone, *words: str) -> list[str]:
    return [row["title"] for row in phone.ask("documents", "list", *words)]


def test_documents_are_listed_in_the_order_asked(synced: Phone) -> None:
    newest = list_titles(synced)
    assert newest == ["Archive", "Notes", "Radiographie du poignet", "Ordonnance de printemps"]
    assert list_titles(synced, "--sort", "oldest") == newest[::-1]
    assert list_titles(synced, "--sort", "title") == sorted(newest)
    assert list_titles(synced, "--profile", "Zoé") == []


def test_filters_are_those_of_the_screen(synced: Phone) -> None:
    assert list_titles(synced, "--from", "03/2026") == ["Archive", "Notes"]
    assert list_titles(synced, "--to", "2026-02") == ["Radiographie du poignet", "Ordonnance de printemps"]
    assert list_titles(synced, "--author", "Dr Karim Benali", "--from", "2026-04") == ["Archive"]
    assert list_titles(synced, "--category", "BIOLOGIE") == []
    notes = synced.ask("documents", "list")[1]
    synced.ask("documents", "hide", notes["id"])
    assert list_titles(synced, "--hidden", "yes") == ["Notes"]
    assert "Notes" not in list_titles(synced, "--hidden", "no")


@pytest.mark.parametrize("words", [("--from", "hier"), ("--from", "2026", "--to", "2025")])
def test_a_period_that_cannot_be_is_refused_in_one_line(synced: Phone, words: tuple[str, ...]) -> None:
    code, _, err = synced.run("documents", "list", *words)
    assert (code, err.count("\n")) == (1, 1)


def test_a_person_reads_one_line_a_document(synced: Phone) -> None:
    code, out, _ = synced.run("documents", "list")
    assert (code, out.count("\n")) == (0, 4)


def test_by_episode_each_has_a_line_of_its_own(synced: Phone) -> None:
    rows = synced.ask("documents", "list", "--sort", "episode")
    assert {row["title"] for row in rows} == set(list_titles(synced))
    assert all(row["episode"]["place"] == row["subtitle"] for row in rows)
    _, out, _ = synced.run("documents", "list", "--sort", "episode")
    assert out.count("\n") == len(rows) + len({row["episode"]["id"] for row in rows})


def test_what_is_folded_under_a_document_is_reached_from_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replacing = {"relatesTo": [{"code": "replaces", "target": {"reference": "DocumentReference/d1"}}]}

    async def story(session: Session, people: list[Profile]) -> None:
        (new,) = await list_documents(session, people[0].pid, text="nouvelle")
        (old,) = (await session.documents.versions(new.id)).previous
        await list_versions(session, Namespace(id=new.id), Terminal())
        assert capsys.readouterr().out.startswith(f"{old.id}  ")
        await list_versions(session, Namespace(id=old.id), Terminal(json=True))
        (told,) = json.loads(capsys.readouterr().out)
        assert (told["id"], told["relation"]) == (new.id, "newer_version")

    more = document(5, "Nouvelle ordonnance", pdf("Autre"), "application/pdf", **replacing)
    tell(tmp_path, story, more=more)


def test_a_document_alone_says_that_nothing_is_folded_under_it(synced: Phone) -> None:
    row = synced.ask("documents", "list")[0]
    assert synced.ask("documents", "versions", row["id"]) == []
