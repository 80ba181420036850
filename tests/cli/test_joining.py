import io
import json
from pathlib import Path

from mes_app.i18n import t
from mes_app.i18n.joining import tell_difference
from tests.cli.phone import Phone

ZOE = ("--name", "Zoé Martin", "--birth", "2017-02-28", "--sex", "female")


def note(phone: Phone, tmp_path: Path, pid: str, *substances: str) -> None:
    values = tmp_path / "values.json"
    for substance in substances:
        values.write_text(json.dumps({"substance": substance}))
        phone.ask("add", "allergies", "--profile", pid, "--from", str(values))


def begin(phone: Phone, tmp_path: Path, *words: str) -> tuple[str, str]:
    """The pid of a child added here with two allergies, and that of the daughter whom the service knows."""
    pid = str(phone.ask("people", "add", *(words or ZOE))["pid"])
    note(phone, tmp_path, pid, "Kiwi", "Pollen")
    return pid, next(one["pid"] for one in phone.ask("people") if not one["local"] and one["birth"] == "2017-02-28")


def test_what_would_go_is_told_and_goes_only_after_a_yes(synced: Phone, tmp_path: Path) -> None:
    pid, into = begin(synced, tmp_path)
    told = synced.ask("people", "join", "Zoé", "Zoé")
    assert [(item["title"], item["state"], item["chosen"]) for item in told["items"]] == [
        ("Pollen", "there", False),
        ("Kiwi", "new", True),
    ]
    assert (told["differences"], told["taken"]) == ([], 0)
    assert [row["title"] for row in synced.ask("list", "allergies", "--profile", into)] == ["Pollen"]
    done = synced.ask("people", "join", pid, into, "--yes")
    assert (done["taken"], done["left"]) == (1, 1)
    assert {row["title"] for row in synced.ask("list", "allergies", "--profile", into)} == {"Kiwi", "Pollen"}
    assert [change["state"] for change in synced.ask("outbox")] == ["waiting"]
    code, out, _ = synced.run("people", "join", pid, into, "--yes", "--all")
    assert code == 0
    assert t("joining.taken", count=1) in out
    assert synced.ask("list", "allergies", "--profile", pid) == []


def test_only_some_sections_go_where_they_are_told(synced: Phone, tmp_path: Path) -> None:
    pid, into = begin(synced, tmp_path)
    assert synced.ask("people", "join", pid, into, "--kinds", "treatments", "documents", "--yes")["taken"] == 0
    assert synced.ask("people", "join", pid, into, "--kinds", "allergies", "--yes")["taken"] == 1


def test_identities_that_differ_are_told_before_anything_is_asked(synced: Phone, tmp_path: Path) -> None:
    _, into = begin(synced, tmp_path, "--name", "Tom Martin", "--birth", "2017-02-27", "--sex", "male")
    assert synced.ask("people", "join", "Tom", into)["differences"] == ["name", "birth", "sex"]
    for answer, last in (("non", t("joining.given_up")), ("oui", t("joining.sent_later"))):
        synced.monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
        code, out, err = synced.run("people", "join", "Tom", into)
        assert code == 0
        assert tell_difference("name", "Tom Martin", "Zoé Martin") in out + err
        assert last in out


def test_who_is_not_of_here_or_not_of_the_service_is_unknown(synced: Phone, tmp_path: Path) -> None:
    pid, into = begin(synced, tmp_path)
    for words in ((into, pid), (into, into), ("Personne", into)):
        assert synced.run("people", "join", *words)[0] == 1


def test_a_record_in_which_nothing_is_noted_says_so(synced: Phone) -> None:
    synced.ask("people", "add", *ZOE)
    code, out, _ = synced.run("people", "join", "Zoé", "Zoé")
    assert (code, t("joining.nothing") in out) == (0, True)
