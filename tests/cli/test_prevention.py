"""Prevention in a terminal."""

from typing import Any

from mes_app.i18n import t
from tests.cli.phone import Phone


def by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in items}


def test_the_examinations_and_vaccines_of_a_child_are_listed_with_their_sources(synced: Phone) -> None:
    exam = by_id(synced.ask("prevention", "--profile", "Zoé"))["exam-20"]
    assert exam["title"] == "Examen entre 15 et 16 ans"
    assert (exam["due"], exam["obligation"], exam["source"]) == ("2032-02-28", "mandatory", "EX")
    code, out, _ = synced.run("prevention", "--profile", "Zoé")
    assert code == 0
    assert t("prevention.kind_vaccines") in out
    assert t("prevention.told") in out
    assert t("prevention.source_EX") in out
    assert "(obligatoire)" in out


def test_what_was_done_elsewhere_is_kept_and_taken_back(synced: Phone) -> None:
    assert by_id(synced.ask("prevention", "--done", "scr-col-30"))["scr-col-30"]["mark"] == "done"
    assert by_id(synced.ask("prevention", "--not-mine", "scr-col-30"))["scr-col-30"]["state"] == "not_for_me"
    assert by_id(synced.ask("prevention", "--undo", "scr-col-30"))["scr-col-30"]["mark"] is None
    code, _, err = synced.run("prevention", "--done", "exam-99")
    assert code == 1
    assert err.count("\n") == 1


def test_somebody_of_whom_only_the_year_of_birth_is_known_is_told_what_is_missing(phone: Phone) -> None:
    phone.ask("start", "--name", "Ada Martin", "--birth", "1990")
    code, out, _ = phone.run("prevention")
    assert code == 0
    assert t("prevention.no_birth") in out
