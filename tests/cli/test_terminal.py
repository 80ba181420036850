import io

import pytest

from mes_app.cli.terminal import Terminal
from mes_app.errors import Offline, Rejected


def test_an_answer_is_for_a_person_or_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().answer({"é": 1}, ["un", "deux"])
    Terminal(json=True).answer({"é": 1}, ["un", "deux"])
    assert capsys.readouterr().out == 'un\ndeux\n{"é": 1}\n'


def test_a_refusal_is_one_line_with_what_happened_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().refuse(Offline())
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.count(".") >= 2


def test_secrets_come_line_by_line_when_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MES_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("premier\nsecond\n"))
    asked = [Terminal().ask_secret("password", "MES_PASSWORD") for _ in range(2)]
    assert asked == ["premier", "second"]
    with pytest.raises(Rejected):
        Terminal().ask_secret("password", "MES_PASSWORD")


def test_the_environment_may_stand_in_for_the_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MES_PASSWORD", "du dehors")
    assert Terminal().ask_secret("password", "MES_PASSWORD") == "du dehors"
