"""What a terminal says of the room taken."""

from pathlib import Path

from mes_app.i18n import size, t
from tests.cli.phone import Phone, plain_server


def test_room_is_told_and_given_back(synced: Phone) -> None:
    full = synced.ask("storage")
    mother, daughter = full["profiles"]
    assert (mother["documents"], mother["away"], daughter["documents"]) == (4, 0, 0)
    assert full["total"] == full["database"] + mother["bytes"]
    assert full["freeable"] == mother["bytes"] > 0
    assert full["months"] == 0
    assert full["left"] > 0

    assert synced.ask("storage", "free", "--old") == {"documents": 0, "bytes": 0}
    assert synced.ask("storage", "free") == {"documents": 4, "bytes": mother["bytes"]}
    assert synced.ask("storage")["profiles"][0]["away"] == 4
    assert t("cli.freed", count=0, size=size(0)) in synced.run("storage", "free")[1]
    lines = synced.run("storage")[1].splitlines()
    assert lines[0] == t("cli.storage_line", name="Anaïs Martin", count=0, size=size(0), away=4)


def test_what_is_kept_is_chosen_and_applied_by_the_next_sync(phone: Phone, tmp_path: Path) -> None:
    with plain_server(tmp_path) as base:
        phone.run("connect", "--fhir", base, "--patient", "mother")
        assert phone.ask("storage", "keep", "3") == {"months": 3}
        phone.run("sync")
        assert phone.ask("storage")["profiles"][0]["away"] == 4
        assert t("cli.kept") in phone.run("storage", "keep", "0")[1]
        phone.run("sync")
        assert phone.ask("storage")["profiles"][0]["documents"] == 4


def test_nothing_is_freed_where_it_could_not_come_back(synced: Phone) -> None:
    synced.run("logout")
    assert synced.ask("storage")["freeable"] == 0
    assert synced.run("storage", "free")[0] == 1
    assert synced.ask("storage")["profiles"][0]["documents"] == 4
