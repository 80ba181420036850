import json
from datetime import UTC, datetime
from typing import Any

import pytest

from mes_app.domain import archives
from mes_app.domain.archives import (
    PATH_LIMIT,
    ArchivedDocument,
    ArchivedFile,
    ArchivedPerson,
    ArchivedSettings,
    Manifest,
    read_manifest,
)
from mes_app.errors import Reason, Unreadable

RECORD = "urn:uuid:01890000-0000-7000-8000-000000000001"
DIGEST = "ab" * 32
MANIFEST = Manifest(
    made_at=datetime(2026, 11, 22, tzinfo=UTC),
    people=(
        ArchivedPerson(
            folder="Léa",
            bundle="Léa/dossier.json",
            documents=(ArchivedDocument(record=RECORD, path="Léa/a.pdf", sha256=DIGEST, folder="École", pinned=True),),
        ),
    ),
    files=(ArchivedFile(path="Léa/a.pdf", size=3, sha256=DIGEST),),
)


def change(**changes: Any) -> bytes:
    return json.dumps(json.loads(MANIFEST.model_dump_json()) | changes).encode()


def refuse(data: bytes) -> Reason:
    with pytest.raises(Unreadable) as refused:
        read_manifest(data)
    return refused.value.reason


def test_a_manifest_reads_as_it_was_written() -> None:
    assert read_manifest(MANIFEST.model_dump_json().encode()) == MANIFEST


def test_what_a_later_program_adds_is_passed_over() -> None:
    assert read_manifest(change(colour="red")) == MANIFEST


@pytest.mark.parametrize("said", [{}, {"settings": {"mood": "good"}}])
def test_what_no_version_or_only_a_later_one_says_of_a_person_is_nothing(said: dict[str, Any]) -> None:
    person = {"folder": "Léa", "bundle": "Léa/dossier.json"}
    (read,) = read_manifest(change(people=[person | said])).people
    assert read.settings == ArchivedSettings()


@pytest.mark.parametrize(
    "settings",
    [
        {"units": {"weight": 3}},
        {"units": {f"measure {number}": "kg" for number in range(archives.SETTINGS_LIMIT + 1)}},
        {"position": -1},
        {"weeks_at_birth": "34"},
        {"avatar": {"photo": "../photo.jpg"}},
        {"colour": "a" * 101},
        {"prevention": {"exam-18": ["done", "yesterday"]}},
        {"prevention_denied": [["exam-18", "Procedure/1"]]},
        {"pregnancies_hidden": ["1"]},
        {"pregnancy_booklet": "true"},
    ],
)
def test_settings_of_another_shape_are_refused_with_all_the_rest(settings: dict[str, Any]) -> None:
    person = {"folder": "Léa", "bundle": "Léa/dossier.json", "settings": settings}
    assert refuse(change(people=[person])) is Reason.DAMAGED


def test_a_newer_version_is_told_from_a_damaged_one() -> None:
    assert refuse(change(version=2, people="otherwise")) is Reason.NEWER_VERSION
    assert refuse(change(format="something else")) is Reason.DAMAGED
    assert refuse(change(people="otherwise")) is Reason.DAMAGED
    assert refuse(b"\xff{") is Reason.DAMAGED


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../a", "a/../b", "a//b", "C:/a", "a\\b", "a/", "a\nb", "./a", "a" * (PATH_LIMIT + 1)],
)
def test_a_path_that_leaves_the_archive_is_refused(path: str) -> None:
    assert refuse(change(files=[{"path": path, "size": 1, "sha256": DIGEST}])) is Reason.DAMAGED


def test_more_than_the_bounds_allow_is_refused() -> None:
    person = {"folder": "Léa", "bundle": "Léa/dossier.json"}
    assert refuse(change(people=[person] * (archives.PEOPLE_LIMIT + 1))) is Reason.DAMAGED
    assert refuse(change(files=[{"path": "a", "size": -1, "sha256": DIGEST}])) is Reason.DAMAGED
    assert refuse(b" " * (archives.MANIFEST_LIMIT + 1)) is Reason.TOO_LARGE
