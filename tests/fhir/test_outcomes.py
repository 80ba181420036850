import json

import pytest

from mes_app.fhir.outcomes import read_told


def test_what_a_server_says_of_its_refusal_is_read_on_one_line() -> None:
    issues = [
        {"details": {"text": "Date\nmanquante"}, "diagnostics": "x"},
        {"diagnostics": "status: code inconnu"},
        {"diagnostics": "status: code inconnu"},
        {"severity": "error"},
    ]
    body = json.dumps({"resourceType": "OperationOutcome", "issue": issues}).encode()
    assert read_told(body) == "Date manquante status: code inconnu"


def test_a_long_answer_is_cut() -> None:
    body = json.dumps({"resourceType": "OperationOutcome", "issue": [{"diagnostics": "a" * 900}]}).encode()
    assert len(read_told(body)) <= 300


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"resourceType": "Flag", "issue": [{"diagnostics": "x"}]}'])
def test_any_other_answer_says_nothing(body: bytes) -> None:
    assert read_told(body) == ""
