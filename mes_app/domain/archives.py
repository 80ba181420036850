"""The archive of a dossier: what its manifest says. The export writes it, the import reads it and believes nothing.

Everything a person reads in an archive stands without the manifest; it is for a program that brings it back.
"""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from mes_app.errors import Reason, Unreadable

FORMAT: Final = "mes-carnets"
VERSION: Final = 1
MANIFEST = "manifest.json"
MANIFEST_LIMIT = 64_000_000
"""Bytes of the longest manifest that is read."""

PEOPLE_LIMIT, DOCUMENTS_LIMIT, FILES_LIMIT = 50, 50_000, 100_000
SETTINGS_LIMIT = 1_000
PATH_LIMIT = 400
_URN = r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_SHA256 = r"^[0-9a-f]{64}$"


class _Read(BaseModel):
    """Frozen; what a later version adds is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, defer_build=True)


def _check_path(path: str) -> str:
    """A place inside the archive, on every system: relative, with slashes, going down only."""
    if any(part in ("", ".", "..") for part in path.split("/")) or any(c in "\\:" or not c.isprintable() for c in path):
        raise ValueError
    return path


ArchivePath = Annotated[str, Field(max_length=PATH_LIMIT), AfterValidator(_check_path)]
Sha256 = Annotated[str, Field(pattern=_SHA256)]
Urn = Annotated[str, Field(pattern=_URN)]
Name = Annotated[str, Field(max_length=100)]


class ArchivedDocument(_Read):
    """One document: the ``fullUrl`` of its ``record`` in the bundle, its content, and what only this vault knew of it.

    ``path`` and ``sha256`` (of the content, hexadecimal) are empty where the archive does not have the content.
    ``folder``: the one its reader filed it in, by name; ``own_title``: what its reader calls it.
    """

    record: Urn
    path: ArchivePath | Literal[""] = ""
    sha256: Sha256 | Literal[""] = ""
    folder: Annotated[str, Field(max_length=200)] = ""
    own_title: Annotated[str, Field(max_length=1_000)] = ""
    pinned: bool = False
    kept: bool = False
    unread: bool = False


class ArchivedAvatar(_Read):
    """What stands in place of initials: one of our symbols by its name, or the place of a picture in the archive."""

    symbol: Name = ""
    photo: ArchivePath | Literal[""] = ""


class ArchivedSettings(_Read):
    """What only this vault knew of a person, under the names by which it is kept; what nobody said has no value.

    ``position``: their place after the holder. ``units``: that of each measure. ``prevention``: what was said of each
    rule, and when; ``prevention_denied``: a rule and the ``fullUrl`` of a record that is not what it is about.
    ``pregnancies_hidden``: by their ``fullUrl``.
    """

    colour: Name = ""
    position: Annotated[int, Field(ge=0, lt=PEOPLE_LIMIT)] | None = None
    avatar: ArchivedAvatar = ArchivedAvatar()
    units: Annotated[dict[Name, Name], Field(max_length=SETTINGS_LIMIT)] = {}
    weeks_at_birth: Annotated[int, Field(ge=0)] | None = None
    prevention: Annotated[dict[Name, tuple[Name, date]], Field(max_length=SETTINGS_LIMIT)] = {}
    prevention_denied: Annotated[tuple[tuple[Name, Urn], ...], Field(max_length=DOCUMENTS_LIMIT)] = ()
    prevention_every_sex: bool = False
    pregnancies_hidden: Annotated[tuple[Urn, ...], Field(max_length=SETTINGS_LIMIT)] = ()
    pregnancy_booklet: bool | None = None


class ArchivedPerson(_Read):
    """One person: their folder in the archive, their FHIR Bundle in it, and how they have set their record."""

    folder: ArchivePath
    bundle: ArchivePath
    documents: Annotated[tuple[ArchivedDocument, ...], Field(max_length=DOCUMENTS_LIMIT, strict=False)] = ()
    settings: ArchivedSettings = ArchivedSettings()


class ArchivedFile(_Read):
    """One file of the archive, the manifest left aside; ``size`` in bytes, ``sha256`` hexadecimal."""

    path: ArchivePath
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256


class Manifest(_Read):
    """What an archive holds and when it was made."""

    format: Literal["mes-carnets"] = FORMAT
    version: Literal[1] = VERSION
    made_at: Annotated[AwareDatetime, Field(strict=False)]
    people: Annotated[tuple[ArchivedPerson, ...], Field(max_length=PEOPLE_LIMIT, strict=False)]
    files: Annotated[tuple[ArchivedFile, ...], Field(max_length=FILES_LIMIT, strict=False)]


class _Header(_Read):
    format: Literal["mes-carnets"]
    version: Annotated[int, Field(ge=1)]


def read_manifest(data: bytes) -> Manifest:
    """The manifest of an archive. Raises Unreadable: TOO_LARGE, DAMAGED, NEWER_VERSION."""
    if len(data) > MANIFEST_LIMIT:
        raise Unreadable(Reason.TOO_LARGE)
    try:
        if _Header.model_validate_json(data).version > VERSION:
            raise Unreadable(Reason.NEWER_VERSION)
        return Manifest.model_validate_json(data)
    except ValidationError:
        raise Unreadable(Reason.DAMAGED) from None
