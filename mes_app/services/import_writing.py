"""Write what was chosen of an import: each item in one transaction, through the same path as anything one writes."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mes_app.domain.archives import ArchivedDocument
from mes_app.domain.catalogue import UPLOAD_TYPES, find_document_type
from mes_app.domain.documents import Category, Document
from mes_app.domain.folders import LONGEST_NAME, Arrangement
from mes_app.domain.imports import AnnouncedDocument
from mes_app.domain.personal_settings import bound_days, merge_setting, name_records
from mes_app.domain.record import Kind
from mes_app.domain.texts import clean_line
from mes_app.domain.values import Coded, PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.fhir.adopting import adopt, list_references
from mes_app.fhir.attachments import find_attachment
from mes_app.fhir.bodies import write_body
from mes_app.fhir.elements import Json
from mes_app.fhir.references import split_reference
from mes_app.fhir.versions import read_unique_id
from mes_app.services.adding import Prepared
from mes_app.services.encoding import describe_body, encode_new
from mes_app.services.filing import LONGEST_TITLE, Label, describe_file
from mes_app.services.import_plans import Finding
from mes_app.services.import_twins import Known
from mes_app.services.personal_settings import put_setting, read_settings
from mes_app.services.undoing import Undo
from mes_app.store.database import Connection
from mes_app.store.edits import When, create_record
from mes_app.store.folders import arrange_records
from mes_app.store.keeping import keep_record
from mes_app.store.own_titles import set_own_title
from mes_app.store.profiles import get_profile
from mes_app.store.records import mark_unread
from mes_app.store.visibility import hides_new


@dataclass
class Names:
    """How what was brought is named now: by what it was named in the archive, its address here and its identifier.

    ``ids``: our ids of records, by their urls in the archive.
    """

    known: Known
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def learn(self, finding: Finding, record_id: str, address: str = "") -> None:
        """The record of ``finding`` is ``record_id`` here; its ``address`` is that of a server, once one has it."""
        if record := finding.source.record:
            self.ids[record.url] = record_id
            told = address or f"urn:uuid:{record_id}", read_unique_id(record.resource)
            self.told |= {record.url: told} | ({f"{record.type}/{record.id}": told} if record.id else {})

    def rename(self, finding: Finding, text: str, node: Json) -> Json | None:
        """What to write for a reference of ``finding``; None for what is not here."""
        dossier = finding.source.dossier
        found = split_reference(text)
        if dossier and (found == ("Patient", dossier.rid) or (dossier.url and text == dossier.url)):
            return {"reference": self.known.profile.address}
        told = self.told.get("/".join(found) if found else text)
        if told is None:
            return None
        address, unique_id = told
        named = {"identifier": {"value": unique_id}} if unique_id else {}
        return {**named, **node, "reference": address}


def order_findings(findings: Sequence[Finding]) -> list[Finding]:
    """Each after those of its archive that it refers to, as far as these do not refer to it in turn."""
    places: dict[str, int] = {}
    for place, finding in enumerate(findings):
        if record := finding.source.record:
            places |= {record.url: place, f"{record.type}/{record.id}": place}
    ordered: dict[int, None] = {}
    entered: set[int] = set()
    waiting = list(reversed(range(len(findings))))
    while waiting:
        place = waiting[-1]
        needed = [] if place in entered else list(_list_needed(findings[place], places))
        entered.add(place)
        if missing := [each for each in needed if each not in entered]:
            waiting.extend(missing)
            continue
        ordered.setdefault(waiting.pop())
    return [findings[place] for place in ordered]


def write_record(con: Connection, names: Names, finding: Finding, when: When, content: Prepared | None) -> str:
    """The record of an archive of ours, as last written there; our id of it."""
    source = finding.source
    if source.record is None or source.dossier is None:
        raise Rejected("file", Reason.CONTENT_LEFT_OUT)
    pid = names.known.profile.pid
    body = adopt(source.record.resource, lambda text, node: names.rename(finding, text, node), source.dossier.find)
    if content and content.changes:
        _describe_content(body, content.data)
    record_id = create_record(con, pid, describe_body(con, pid, write_body(body)), when)
    if source.archived:
        _keep_local(con, record_id, source.archived)
    return record_id


def write_file(con: Connection, pid: str, finding: Finding, when: When, data: bytes) -> str:
    """The record of a file that came without one: a document of the person's own; our id of it.

    Whom it names as its author is told in words, for it is the person who brings it.
    """
    told = finding.announced
    if told is None:
        raise Rejected("file", Reason.CONTENT_LEFT_OUT)
    hidden = told.hidden or hides_new(con, pid)
    document = _describe_file(finding, told, when, data).model_copy(update={"hidden": hidden})
    return create_record(con, pid, encode_new(con, pid, Kind.DOCUMENTS, document, when), when)


def write_setting(con: Connection, names: Names, finding: Finding, when: When) -> Undo:
    """What only the other vault knew of the person, beside what is set here; in its place, where that was agreed to."""
    pid, name = names.known.profile.pid, finding.item.setting
    former = read_settings(con, get_profile(con, pid)).get(name)
    mine = bound_days(name, name_records(name, finding.value, names.ids.get), when.at.astimezone().date())
    put_setting(con, pid, name, mine if finding.item.replaces else merge_setting(name, mine, former))
    return lambda con, _when: put_setting(con, pid, name, former)


def _describe_file(finding: Finding, told: AnnouncedDocument, when: When, data: bytes) -> Document:
    """Its date is that it tells, where that is one day of the past; else the day it is brought."""
    item, now = finding.item, when.at
    today = now.astimezone().date()
    stated = item.date if item.date and item.date.day and len(item.date.text) >= 10 and item.date.day <= today else None
    category = item.category if item.category in UPLOAD_TYPES else Category.OTHER
    made = stated or PartialDate(text=today.isoformat())
    title = item.title[:LONGEST_TITLE]
    document = describe_file(data, Label(title=title, category=category, date=made), now)
    found = find_document_type(told.type_code)
    typed = {"type": Coded(text=found.display, code=found.code, system=found.system)} if found else {}
    return document.model_copy(
        update={
            **typed,
            "category": found.category if found else category,
            "unique_id": told.unique_id or document.unique_id,
            "description": ", ".join(filter(None, (told.author, told.organization))) or None,
        }
    )


def _describe_content(document: Json, data: bytes) -> None:
    """The bytes as they are now: what acted in them may have been taken out."""
    sha1 = base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
    find_attachment(document).update({"size": len(data), "hash": sha1})


def _list_needed(finding: Finding, places: Mapping[str, int]) -> Iterator[int]:
    record = finding.source.record
    for text in list_references(record.resource) if record else ():
        found = split_reference(text)
        place = places.get("/".join(found) if found else text)
        if place is not None:
            yield place


def _keep_local(con: Connection, record_id: str, archived: ArchivedDocument) -> None:
    """What only the other vault knew."""
    folder = clean_line(archived.folder)[:LONGEST_NAME].strip()
    if folder or archived.pinned:
        arrange_records(con, {record_id: Arrangement(folder, archived.pinned)})
    if archived.kept:
        keep_record(con, record_id, kept=True)
    if archived.own_title:
        set_own_title(con, record_id, clean_line(archived.own_title)[:LONGEST_TITLE])
    if archived.unread:
        mark_unread(con, record_id)
