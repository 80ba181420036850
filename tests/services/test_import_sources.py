import hashlib
import json
from datetime import UTC, datetime

import pytest

from mes_app.domain.archives import ArchivedDocument, ArchivedPerson, ArchivedSettings, Manifest
from mes_app.domain.imports import Named
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason
from mes_app.services.import_files import Picked, Shelf
from mes_app.services.import_sources import Source, list_sources
from tests.formats.hostile_archives import GOOD, pack
from tests.formats.xdm_archives import FOLDER, describe, metadata, xdm
from tests.services.family import Json, patient

RECORD = "urn:uuid:01a20343-0000-7000-8000-000000000001"
PATH = "Anaïs Martin/Documents/Divers/2026-01-01 Note.txt"
PHOTO = "Anaïs Martin/photo.jpg"
UNSET = ArchivedSettings()


def ours(
    *resources: Json,
    data: bytes = b"Note",
    told: bytes = b"",
    bundle: bytes | None = None,
    local: str = "Été",
    settings: ArchivedSettings = UNSET,
    photo: bytes = b"",
) -> bytes:
    """An archive of ours: the records of one person, the first a document with ``data``, or so it is ``told``."""
    entries = [{"resource": resource} for resource in resources]
    entries[0]["fullUrl"] = RECORD  # type: ignore[assignment]
    digest = hashlib.sha256(told or data).hexdigest()
    archived = ArchivedDocument(record=RECORD, path=PATH, sha256=digest, folder=local)
    bundled = "Anaïs Martin/dossier.json"
    person = ArchivedPerson(folder="Anaïs Martin", bundle=bundled, documents=(archived,), settings=settings)
    manifest = Manifest(made_at=datetime(2026, 11, 22, tzinfo=UTC), people=(person,), files=())
    written = bundle or json.dumps({"resourceType": "Bundle", "entry": entries}).encode()
    return pack(
        ("manifest.json", manifest.model_dump_json().encode()),
        (bundled, written),
        (PHOTO, photo),
        ("Anaïs Martin/index.html", b"<html/>"),
        (PATH, data),
    )


DOCUMENT = {"resourceType": "DocumentReference", "id": "d1"}
DOCTOR = {"resourceType": "Practitioner", "id": "p1"}


def find(*files: bytes) -> list[Source]:
    with Shelf([Picked(f"file {number}", data=data) for number, data in enumerate(files)]) as shelf:
        return list_sources(shelf)


def test_each_record_of_an_archive_of_ours_is_found_with_its_content_and_whose_it_is() -> None:
    (found,) = find(ours(DOCUMENT, patient("mother", "Anaïs", "1988-07-12", "female"), DOCTOR))
    assert (found.record and found.record.id, found.archived and found.archived.folder) == ("d1", "Été")
    assert found.place is not None
    assert found.dossier is not None
    assert (found.dossier.whose, found.dossier.rid) == (
        Named("Anaïs Martin", PartialDate(text="1988-07-12")), "mother",
    )  # fmt: skip
    assert found.dossier.find("Practitioner", "p1") == DOCTOR
    assert found.dossier.find("Practitioner", "p2") is None


def test_each_setting_of_an_archive_of_ours_is_found_a_picture_with_its_place() -> None:
    told = {"avatar": {"photo": PHOTO}, "units": {"glucose": "mmol/L"}, "position": 0}
    settings = ArchivedSettings.model_validate(told)
    _, *found = find(ours(DOCUMENT, patient("mother", "Anaïs", "1988-07-12", "female"), settings=settings))
    assert {source.setting: source.value for source in found} == told
    assert {source.setting for source in found if source.place} == {"avatar"}
    assert {source.dossier.whose.name for source in found if source.dossier} == {"Anaïs Martin"}


def test_a_bundle_that_cannot_be_read_is_told_beside_the_rest() -> None:
    (found,) = find(ours(DOCUMENT, bundle=b"{"))
    assert found.fault is not None
    assert found.fault.reason is Reason.TRUNCATED


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [(b"{}", Reason.DAMAGED), (b'{"format":"mes-carnets","version":2}', Reason.NEWER_VERSION)],
)
def test_an_archive_of_ours_that_nobody_understands_is_told_as_a_whole(manifest: bytes, reason: Reason) -> None:
    (found,) = find(pack(("manifest.json", manifest), GOOD))
    assert (found.name, found.fault and found.fault.reason) == ("file 0", reason)


def test_the_documents_of_a_submission_are_found_and_the_pages_around_them_are_not() -> None:
    told = find(xdm({"DOC1.PDF": b"x"}, describe("DOC1.PDF", b"x"), describe("DOC2.PDF", b"y")))
    assert [(found.name, found.place is None) for found in told] == [
        (f"{FOLDER}/DOC1.PDF", False), (f"{FOLDER}/DOC2.PDF", True),
    ]  # fmt: skip


def test_a_submission_that_cannot_be_read_is_told_beside_the_others() -> None:
    good = (f"{FOLDER}/METADATA.XML", metadata(describe("a", b"x")))
    told = find(pack(good, ("IHE_XDM/SUBSET02/METADATA.XML", b"<a")))
    assert [found.fault and found.fault.reason for found in told] == [None, Reason.DAMAGED]


def test_any_other_archive_is_its_files_and_archives_inside_are_not_opened() -> None:
    told = find(pack(GOOD, ("a/b.zip", pack(GOOD)), ("../c", b"x")), b"seul", b"PK\x03\x04 rien")
    assert [(found.name, found.fault and found.fault.reason) for found in told] == [
        (GOOD[0], None),
        ("a/b.zip", Reason.NESTED_ARCHIVE),
        ("../c", Reason.UNSAFE_ENTRY),
        ("file 1", None),
        ("file 2", Reason.NOT_AN_ARCHIVE),
    ]
