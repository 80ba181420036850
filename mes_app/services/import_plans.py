"""What would become of each thing found: new, already there, or faulty and why. Slow: to be run on a thread."""

import hashlib
import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from mes_app.domain.catalogue import choose_category
from mes_app.domain.clinical_documents import ClinicalDocument
from mes_app.domain.content_types import CDA, UNKNOWN
from mes_app.domain.documents import Category
from mes_app.domain.imports import AnnouncedDocument, Item, ItemState, Named
from mes_app.domain.record import Kind, Overview
from mes_app.domain.texts import clean_line
from mes_app.domain.values import PartialDate
from mes_app.errors import MesError, NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.overviews import summarise
from mes_app.fhir.types import PULLED_TYPES
from mes_app.formats.cda import read_cda
from mes_app.services.adding import Prepared, prepare_file
from mes_app.services.filing import LARGEST
from mes_app.services.import_files import Picked, Shelf
from mes_app.services.import_settings import mark_setting, read_setting
from mes_app.services.import_sources import Dossier, Source, list_sources
from mes_app.services.import_twins import Known, list_content_keys, list_identifier_keys, list_keys

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An item with what it would be made of. ``keys``: what makes it the same as another; ``value``: of a setting."""

    item: Item
    source: Source
    announced: AnnouncedDocument | None = None
    keys: tuple[Hashable, ...] = ()
    value: Any = None


@dataclass(frozen=True)
class Plan:
    """What an import of ``files`` would do in a dossier as it is ``known``."""

    known: Known = field(repr=False)
    files: Sequence[Picked] = field(repr=False)
    findings: Sequence[Finding] = field(repr=False)

    @property
    def items(self) -> list[Item]:
        """What was found, in the order of the files."""
        return [finding.item for finding in self.findings]


def make_plan(files: Sequence[Picked], known: Known, report: Report) -> Plan:
    """Look at everything once. ``report`` hears how many things were looked at, and of all."""
    with Shelf(files) as shelf:
        sources = list_sources(shelf)
        findings = []
        for number, source in enumerate(sources):
            report(number, len(sources))
            findings.append(_find(shelf, source, number, known))
        report(len(sources), len(sources))
    return Plan(known, files, _mark_settings(mark_twins(findings, known), known))


def mark_twins(findings: Sequence[Finding], known: Known) -> list[Finding]:
    """Say which are there already, or came before. One dossier may hold the same twice, as it did where it was."""
    seen: dict[Hashable, Source] = {}
    marked = []
    for finding in findings:
        twin = next((known.twins[key] for key in finding.keys if key in known.twins), None)
        before = next((seen[key] for key in finding.keys if key in seen), None)
        again = before is not None and (before.dossier is None or before.dossier is not finding.source.dossier)
        is_new = finding.item.state is ItemState.NEW
        if is_new:
            seen.update(dict.fromkeys(finding.keys, finding.source))
        state = ItemState.DUPLICATE if is_new and (twin or again) else finding.item.state
        marked.append(replace(finding, item=replace(finding.item, state=state, twin=twin or "")))
    return marked


def read_content(shelf: Shelf, source: Source) -> Prepared:
    """The content of a source as it may be kept.

    Raises Rejected("file"): CONTENT_LEFT_OUT, NOT_AS_ANNOUNCED, and as ``prepare_file`` and ``Shelf.read``.
    """
    if source.place is None:
        raise Rejected("file", Reason.CONTENT_LEFT_OUT)
    data = shelf.read(source.place)
    told, archived = source.announced, source.archived
    if archived and archived.sha256 not in ("", hashlib.sha256(data).hexdigest()):
        raise Rejected("file", Reason.NOT_AS_ANNOUNCED)
    if told and told.size not in (None, len(data)):
        raise Rejected("file", Reason.NOT_AS_ANNOUNCED)
    if told and told.sha1 not in ("", hashlib.sha1(data, usedforsecurity=False).hexdigest()):
        raise Rejected("file", Reason.NOT_AS_ANNOUNCED)
    return _prepare_archived(data) if archived else prepare_file(data)


def _prepare_archived(data: bytes) -> Prepared:
    """What a vault held comes back as it was, also where nobody may add it: only what acts in it is taken out."""
    try:
        return prepare_file(data)
    except Rejected as error:
        if error.reason is not Reason.FORMAT_NOT_ACCEPTED or len(data) > LARGEST:
            raise
        return Prepared(data, UNKNOWN)


def _find(shelf: Shelf, source: Source, number: int, known: Known) -> Finding:
    item = Item(
        number=number, kind=None if source.setting else Kind.DOCUMENTS, name=source.name, setting=source.setting
    )
    try:
        if source.fault:
            raise source.fault
        if source.setting:
            return _find_setting(shelf, source, item, known)
        return _find_record(shelf, source, item, known) if source.record else _find_file(shelf, source, item, known)
    except MesError as error:
        return Finding(item=replace(item, state=ItemState.FAULTY, fault=error), source=source)


def _find_record(shelf: Shelf, source: Source, item: Item, known: Known) -> Finding:
    """A record of an archive of ours, and what is wrong with it."""
    record, dossier = source.record, source.dossier
    if record is None or dossier is None or record.type not in PULLED_TYPES:
        raise Rejected("file", Reason.FORMAT_NOT_ACCEPTED)
    overview = summarise(record.resource, holder=known.profile.holder)
    if overview.withheld:
        raise Rejected("file", Reason.NOT_TO_BE_SEEN)
    item = replace(_show(item, overview), person=_name_other(dossier.whose, known))
    finding = Finding(item=item, source=source, keys=tuple(list_keys(record.resource, dossier.find)))
    try:
        is_there = any(key in known.twins for key in finding.keys)
        if overview.kind is Kind.NOTHING_DECLARED and overview.category in known.sections and not is_there:
            raise NotAllowed(Reason.NOT_EMPTY)
        if overview.kind is Kind.DOCUMENTS:
            finding = _add_content(finding, read_content(shelf, source))
    except MesError as error:
        return replace(finding, item=replace(item, state=ItemState.FAULTY, fault=error))
    if dossier.rid and dossier.rid == known.profile.rid and not item.person:
        return replace(finding, keys=(*finding.keys, ("rid", f"{record.type}/{record.id}")))
    return finding


def _find_setting(shelf: Shelf, source: Source, item: Item, known: Known) -> Finding:
    """What only another vault knew of its person."""
    dossier = source.dossier or Dossier()
    photo = shelf.read(source.place) if source.place else None
    value = read_setting(item.setting, source.value, photo, known.profile)
    key = ("setting", item.setting, dossier.url, json.dumps(value, sort_keys=True))
    item = replace(item, person=_name_other(dossier.whose, known))
    return Finding(item=item, source=source, keys=(key,), value=value)


def _mark_settings(findings: Sequence[Finding], known: Known) -> list[Finding]:
    """Say which are set here already, or otherwise. What of them names a record needs one that may be had."""
    told = [(finding.source.record, finding.item) for finding in findings]
    records = {record.url: item.twin or record.url for record, item in told if record and not item.fault}
    marked = []
    for finding in findings:
        item, value = finding.item, finding.value
        if value is not None:
            item = mark_setting(item, value, records, known.settings.get(item.setting))
        marked.append(replace(finding, item=item))
    return marked


def _find_file(shelf: Shelf, source: Source, item: Item, known: Known) -> Finding:
    """A document that comes without a record of ours."""
    told = source.announced or AnnouncedDocument(path=source.name)
    if told.withheld:
        return Finding(item=_refuse_withheld(item), source=source)
    item = _announce(item, told, known)
    try:
        content = read_content(shelf, source)
        told = _complete(told, _read_clinical(content))
    except MesError as error:
        return Finding(item=replace(item, state=ItemState.FAULTY, fault=error), source=source)
    finding = Finding(
        item=_announce(item, told, known),
        source=source,
        announced=told,
        keys=tuple(list_identifier_keys(told.unique_id)),
    )
    return _add_content(finding, content)


def _refuse_withheld(item: Item) -> Item:
    """Neither its title nor its author is told."""
    return replace(item, name="", state=ItemState.FAULTY, fault=Rejected("file", Reason.NOT_TO_BE_SEEN))


def _add_content(finding: Finding, content: Prepared) -> Finding:
    item = replace(finding.item, changes=content.changes)
    return replace(finding, item=item, keys=(*finding.keys, *list_content_keys(content.data)))


def _show(item: Item, overview: Overview) -> Item:
    return replace(
        item,
        kind=overview.kind,
        title=overview.title,
        category=Category(overview.category) if overview.kind is Kind.DOCUMENTS else None,
        date=PartialDate(text=overview.date_text) if overview.date_text else None,
        author=overview.subtitle,
    )


def _announce(item: Item, told: AnnouncedDocument, known: Known) -> Item:
    return replace(
        item,
        title=told.title or clean_line(PurePath(item.name).stem.replace("_", " ")),
        category=choose_category(told.type_code, told.class_code),
        date=told.created,
        author=told.author or told.organization,
        person=_name_other(told.patient, known),
    )


def _read_clinical(content: Prepared) -> ClinicalDocument | None:
    """What a clinical document says of itself; None for any other, and for one that its readers cannot show either."""
    if content.content_type != CDA:
        return None
    try:
        return read_cda(content.data)
    except Unreadable:
        return None


def _complete(told: AnnouncedDocument, said: ClinicalDocument | None) -> AnnouncedDocument:
    """What the archive does not tell, the document may."""
    if said is None:
        return told
    return replace(
        told,
        title=told.title or said.title,
        type_code=told.type_code or said.type_code,
        created=told.created or said.date,
        author=told.author or said.author,
        organization=told.organization or said.organization,
        unique_id=told.unique_id or said.unique_id,
        patient=told.patient if told.patient.name else Named(said.patient, said.born),
    )


def _name_other(named: Named, known: Known) -> str:
    """Whom it names, where that is somebody else."""
    differs = all(named.differs(name) for name in known.names)
    return (named.name or "?") if differs else ""
