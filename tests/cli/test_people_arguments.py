import pytest

from mes_app.cli.arguments import parse_arguments


def test_a_name_or_a_code_says_who_begins_and_only_a_name_who_somebody_is() -> None:
    assert parse_arguments(["people", "add", "--ins", "-"]).ins == "-"
    assert parse_arguments(["start", "--name", "Zoé Martin", "--birth", "2026"]).name == "Zoé Martin"
    with pytest.raises(SystemExit):
        parse_arguments(["people", "edit", "--profile", "Zoé", "--ins", "-"])


@pytest.mark.parametrize("words", [["sign"], ["sign", "--symbol", "skull"], ["order", "left"], ["colour", "white"]])
def test_a_look_that_there_is_not_is_wrong_use(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_arguments(["people", *words, "--profile", "Zoé"])
    assert ended.value.code == 2
