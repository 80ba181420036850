import pytest

from mes_app.cli.arguments import parse_arguments
from mes_app.services.conflicts import Side


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["login"],
        ["login", "--server", "x"],
        ["login", "--server", "x", "--user", "u", "--browser"],
        ["list", "feelings"],
        ["documents"],
        ["documents", "get"],
        ["documents", "add", "f", "--title", "t", "--category", "REMB"],
        ["connect", "--fhir", "x"],
        ["add", "results", "--from", "f"],
        ["conflicts", "resolve", "id", "both"],
        ["conflicts", "resolve", "id"],
        ["nothing", "appointments"],
    ],
)
def test_wrong_use_ends_with_2_and_one_french_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_arguments(words)
    err = capsys.readouterr().err
    assert ended.value.code == 2
    assert err.count("\n") == 1
    assert "--help" in err


def test_without_a_command_the_app_opens() -> None:
    arguments = parse_arguments(["--web", "--port", "8123"])
    assert (arguments.command, arguments.web, arguments.port) == (None, True, 8123)


def test_the_data_folder_may_be_named_before_or_after_the_command() -> None:
    assert parse_arguments(["--data", "a", "status"]).data == parse_arguments(["status", "--data", "a"]).data


def test_several_patients_make_several_profiles() -> None:
    arguments = parse_arguments(["connect", "--fhir", "https://x", "--patient", "a", "--patient", "b"])
    assert arguments.patient == ["a", "b"]


def test_an_answer_for_programs_may_be_asked_before_or_after_an_action() -> None:
    assert parse_arguments(["outbox", "--json", "drop", "id"]).json is True
    assert parse_arguments(["outbox", "drop", "id", "--json"]).json is True
    assert parse_arguments(["outbox"]).json is False


def test_a_conflict_is_settled_as_a_whole_or_by_field() -> None:
    assert parse_arguments(["conflicts", "resolve", "id", "mine"]).choices == [("", Side.MINE)]
    by_field = parse_arguments(["conflicts", "resolve", "id", "note=mine", "status=theirs"]).choices
    assert by_field == [("note", Side.MINE), ("status", Side.THEIRS)]


def test_nothing_that_one_command_was_told_is_remembered_by_the_next() -> None:
    for patient in ("a", "b"):
        assert parse_arguments(["connect", "--fhir", "https://x", "--patient", patient]).patient == [patient]
