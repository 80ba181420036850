"""What there is in the files chosen for an import: documents of an archive of ours, of an IHE XDM, or files alone.

Nothing is judged here but what cannot be opened: it becomes a source with its fault, beside the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from mes_app.domain.archives import MANIFEST, MANIFEST_LIMIT, ArchivedDocument, ArchivedPerson, read_manifest
from mes_app.domain.imports import AnnouncedDocument, Named
from mes_app.domain.personal_settings import AVATAR
from mes_app.errors import MesError, Reason, Rejected
from mes_app.fhir.adopting import Bundled, read_collection
from mes_app.fhir.bodies import write_body
from mes_app.fhir.elements import Json
from mes_app.fhir.people import decode_person
from mes_app.fhir.types import SHARED_TYPES
from mes_app.formats.archives import Archive
from mes_app.formats.xdm import list_submissions, read_submission
from mes_app.services.import_files import Place, Shelf

_PEOPLE = frozenset({"Patient", "Person"})
"""Who somebody is, is said by the server: no archive changes it."""
_NESTED = frozenset({".zip", ".7z", ".rar", ".gz", ".tgz", ".jar", ".xz"})


@dataclass(frozen=True, eq=False)
class Dossier:
    """One person of an archive of ours: ``rid`` was their id on the server, empty where none knew them.

    ``url`` names them in the archive; ``shared``: what belongs to no patient.
    """

    whose: Named = field(default_factory=Named)
    rid: str = ""
    url: str = ""
    shared: dict[tuple[str, str], Json] = field(default_factory=dict)

    def find(self, resource_type: str, rid: str) -> Json | None:
        """A shared resource; None where the archive does not have it."""
        return self.shared.get((resource_type, rid))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to bring. ``place`` is that of its content; ``announced`` what the archive around it says of it.

    A ``record`` comes from a ``dossier``; ``archived`` is what only the other vault knew of it. So does a ``setting``,
    with its ``value``.
    """

    name: str = ""
    place: Place | None = None
    announced: AnnouncedDocument | None = None
    dossier: Dossier | None = None
    record: Bundled | None = None
    archived: ArchivedDocument | None = None
    setting: str = ""
    value: Any = None
    fault: MesError | None = None


def list_sources(shelf: Shelf) -> list[Source]:
    """All that the files hold, in their order."""
    return [source for number in range(len(shelf.files)) for source in _list_in_file(shelf, number)]


def _list_in_file(shelf: Shelf, number: int) -> list[Source]:
    name = shelf.files[number].name
    try:
        archive = shelf.archive(number)
        if archive is None:
            return [Source(name=name, place=Place(number))]
        faulty = [Source(name=entry.path, fault=entry.fault) for entry in archive.entries if entry.fault]
        return [*_list_in_archive(archive, number), *faulty]
    except MesError as error:
        return [Source(name=name, fault=error)]


def _list_in_archive(archive: Archive, number: int) -> Iterator[Source]:
    if found := archive.find(MANIFEST):
        manifest = read_manifest(archive.read(found, MANIFEST_LIMIT))
        for person in manifest.people:
            yield from _list_of_person(archive, number, person)
    elif list_submissions(archive):
        yield from _list_announced(archive, number)
    else:
        for entry in archive.entries:
            if PurePosixPath(entry.path).suffix.lower() in _NESTED:
                yield Source(name=entry.path, fault=Rejected("file", Reason.NESTED_ARCHIVE))
            elif not entry.fault:
                yield Source(name=entry.path, place=Place(number, entry))


def _list_of_person(archive: Archive, number: int, person: ArchivedPerson) -> Iterator[Source]:
    try:
        entry = archive.find(person.bundle)
        if entry is None:
            raise Rejected("file", Reason.CONTENT_LEFT_OUT)
        bundle = read_collection(archive.read(entry))
    except MesError as error:
        yield Source(name=person.bundle, fault=error)
        return
    dossier = _describe_dossier(bundle)
    documents = {document.record: document for document in person.documents}
    for record in bundle:
        if record.type not in _PEOPLE | SHARED_TYPES:
            yield _find_content(archive, number, record, documents.get(record.url), dossier)
    for setting, value in person.settings.model_dump(mode="json", exclude_defaults=True).items():
        photo = archive.find(person.settings.avatar.photo) if setting == AVATAR else None
        place = Place(number, photo) if photo else None
        yield Source(setting=setting, value=value, place=place, dossier=dossier)


def _find_content(
    archive: Archive, number: int, record: Bundled, archived: ArchivedDocument | None, dossier: Dossier
) -> Source:
    entry = archive.find(archived.path) if archived and archived.path else None
    return Source(
        name=archived.path.rpartition("/")[2] if archived else "",
        place=Place(number, entry) if entry else None,
        dossier=dossier,
        record=record,
        archived=archived,
    )


def _describe_dossier(bundle: list[Bundled]) -> Dossier:
    shared = {(each.type, each.id): each.resource for each in bundle if each.type in SHARED_TYPES}
    patient = next((each for each in bundle if each.type == "Patient"), None)
    if patient is None:
        return Dossier(shared=shared)
    person = decode_person(write_body(patient.resource))
    return Dossier(Named(person.name, person.birth), patient.id, patient.url, shared)


def _list_announced(archive: Archive, number: int) -> Iterator[Source]:
    for metadata in list_submissions(archive):
        try:
            documents = read_submission(archive, metadata)
        except MesError as error:
            yield Source(name=metadata.path, fault=error)
            continue
        for announced in documents:
            entry = archive.find(announced.path)
            yield Source(name=announced.path, place=Place(number, entry) if entry else None, announced=announced)
