"""Folders and pins from a terminal."""

from tests.cli.phone import Phone


def list_rows(phone: Phone, *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = phone.ask("documents", "list", *words)
    return found


def test_documents_are_put_into_a_folder_listed_by_it_and_taken_out(synced: Phone) -> None:
    first, second, *_ = (str(row["id"]) for row in list_rows(synced))
    synced.ask("documents", "move", first, second, "--folder", "Été 2026")
    assert synced.ask("documents", "folders") == [{"name": "Été 2026", "count": 2}]
    assert [row["folder"] for row in list_rows(synced, "--folder", "ete 2026")] == ["Été 2026"] * 2
    assert synced.ask("documents", "move", first, "--folder", "") == {"ids": [first], "folder": ""}
    assert [row["id"] for row in list_rows(synced, "--folder", "Été 2026")] == [second]
    assert synced.ask("outbox") == []


def test_pinned_documents_come_first(synced: Phone) -> None:
    last = str(list_rows(synced)[-1]["id"])
    assert synced.ask("documents", "pin", last) == {"ids": [last], "pinned": True}
    assert (list_rows(synced)[0]["id"], list_rows(synced)[0]["pinned"]) == (last, True)
    assert synced.ask("documents", "unpin", last) == {"ids": [last], "pinned": False}
    assert list_rows(synced)[-1]["id"] == last


def test_what_is_not_there_is_refused_in_one_line(synced: Phone) -> None:
    first = str(list_rows(synced)[0]["id"])
    (allergy,) = synced.ask("list", "allergies")
    for words in (
        ("documents", "list", "--folder", "Genou"),
        ("documents", "move", first, str(allergy["id"]), "--folder", "Genou"),
        ("documents", "move", first, "--folder", "a" * 51),
        ("documents", "pin", "none"),
    ):
        code, _, err = synced.run(*words)
        assert (code, err.count("\n")) == (1, 1)
    assert synced.ask("documents", "folders") == []


def test_a_person_reads_it_in_words(synced: Phone) -> None:
    first = str(list_rows(synced)[0]["id"])
    for words in (("move", first, "--folder", "Genou"), ("pin", first), ("unpin", first), ("folders",)):
        code, out, _ = synced.run("documents", *words)
        assert (code, out.count("\n")) == (0, 1)
    assert out == "Genou  1 document\n"
