"""The metadata of an IHE XDM archive (ebRIM): what each submission set says of its documents."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from mes_app.domain.imports import AnnouncedDocument, Named
from mes_app.domain.texts import clean_line
from mes_app.formats.archives import Archive, ArchiveEntry
from mes_app.formats.hl7_values import parse_moment
from mes_app.formats.xml_trees import MAX_BYTES, parse_xml

_NAMESPACE = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"
_METADATA = "metadata.xml"
_AUTHOR = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
_CLASS = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a"
_TYPE = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"
_LABEL = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f"
_UNIQUE_ID = "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab"
_HIDDEN = "MASQUE_PS"
_WITHHELD = frozenset({"INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX"})
"""Not to be seen by the patient, or by the parents of one under age: no archive brings what the service keeps back."""


def list_submissions(archive: Archive) -> list[ArchiveEntry]:
    """The metadata of each submission set of an archive; empty for an archive that is no IHE XDM."""
    return [
        entry for entry in archive.entries if not entry.fault and PurePosixPath(entry.path.lower()).name == _METADATA
    ]


def read_submission(archive: Archive, metadata: ArchiveEntry) -> list[AnnouncedDocument]:
    """What one submission set says of its documents. Raises Unreadable: DAMAGED, TOO_LARGE, TOO_DEEP; Rejected."""
    root = parse_xml(archive.read(metadata, MAX_BYTES), _NAMESPACE)
    folder = PurePosixPath(metadata.path).parent
    return [_read_document(node, folder) for node in root.iter("ExtrinsicObject")]


def _read_document(node: Element, folder: PurePosixPath) -> AnnouncedDocument:
    labels = {code.get("nodeRepresentation", "") for code in _classifications(node, _LABEL)}
    author = next(_classifications(node, _AUTHOR), None)
    size = _slot(node, "size")
    return AnnouncedDocument(
        path=_find_path(folder, node),
        title=_read_title(node),
        type_code=_code(node, _TYPE),
        class_code=_code(node, _CLASS),
        created=parse_moment(_slot(node, "creationTime")),
        author=_read_person(_slot(author, "authorPerson")),
        organization=clean_line(_slot(author, "authorInstitution").partition("^")[0]),
        unique_id=_unique_id(node),
        sha1=_slot(node, "hash").lower(),
        size=int(size) if size.isascii() and size.isdecimal() and len(size) < 16 else None,
        patient=_read_patient(node),
        hidden=_HIDDEN in labels,
        withheld=not _WITHHELD.isdisjoint(labels),
    )


def _find_path(folder: PurePosixPath, node: Element) -> str:
    """The place of a document in the archive: its URI is said from where its metadata is."""
    uri = "".join(value for _, value in sorted(_numbered(_slots(node, "URI")))).replace("\\", "/")
    return str(folder / unquote(uri).removeprefix("./"))


def _numbered(values: list[str]) -> Iterator[tuple[int, str]]:
    """Values too long for one slot are cut into several: ``1|…``, ``2|…``."""
    for place, value in enumerate(values):
        rank, bar, rest = value.partition("|")
        yield (int(rank), rest) if bar and rank.isascii() and rank.isdecimal() and len(rank) < 3 else (place, value)


def _read_title(node: Element) -> str:
    text = node.find("Name/LocalizedString")
    return clean_line("" if text is None else text.get("value", ""))


def _classifications(node: Element, scheme: str) -> Iterator[Element]:
    return (found for found in node.findall("Classification") if found.get("classificationScheme") == scheme)


def _code(node: Element, scheme: str) -> str:
    return next((found.get("nodeRepresentation", "") for found in _classifications(node, scheme)), "")


def _unique_id(node: Element) -> str:
    found = (each for each in node.findall("ExternalIdentifier") if each.get("identificationScheme") == _UNIQUE_ID)
    return next((clean_line(each.get("value", "")) for each in found), "")


def _slots(node: Element | None, name: str) -> list[str]:
    slots = [] if node is None else [slot for slot in node.findall("Slot") if slot.get("name") == name]
    return [(value.text or "").strip() for slot in slots for value in slot.findall("ValueList/Value")]


def _slot(node: Element | None, name: str) -> str:
    return next(iter(_slots(node, name)), "")


def _read_person(text: str) -> str:
    """An XCN as it is said: its title, first name and family name."""
    parts = [*text.split("^"), *[""] * 6]
    return clean_line(f"{parts[5]} {parts[2]} {parts[1]}")


def _read_patient(node: Element) -> Named:
    fields: dict[str, str] = {}
    for line in _slots(node, "sourcePatientInfo"):
        name, _, value = line.partition("|")
        fields.setdefault(name, value)
    family, given, *_ = [*fields.get("PID-5", "").partition("~")[0].split("^"), "", ""]
    return Named(clean_line(f"{given} {family}"), parse_moment(fields.get("PID-7", "")))
