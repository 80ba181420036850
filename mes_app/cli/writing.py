"""Write in the vault: add, change, delete a record, file a document. The next sync sends it."""

import argparse
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import cast

from mes_app.cli.arranging import list_folders, move_documents, pin_documents
from mes_app.cli.choosing import choose_profile
from mes_app.cli.files import read_file
from mes_app.cli.importing import import_documents
from mes_app.cli.listing import list_documents, list_versions
from mes_app.cli.reading import get_document
from mes_app.cli.terminal import Terminal
from mes_app.cli.visibility import hide_documents, tell_visibility
from mes_app.domain.documents import Category, Document
from mes_app.domain.forms import build_entry, list_inputs, read_values
from mes_app.domain.inputs import FORMS
from mes_app.domain.links import Relinking
from mes_app.domain.papers import PaperKind
from mes_app.domain.record import Entry, Kind
from mes_app.domain.remarks import Remark
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.services.adding import prepare_file
from mes_app.services.batches import Batch, add_batch
from mes_app.services.filing import Label, read_label
from mes_app.services.session import Session

_MODELS: dict[Kind, type[Entry]] = {**FORMS, Kind.DOCUMENTS: Document, Kind.REMARKS: Remark}


async def add(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """A new record, from the fields of its form, and its links."""
    profile = await choose_profile(session, arguments.profile)
    kind = Kind(arguments.kind)
    entry = build_entry(kind, _read_values(arguments, kind, {}))
    relinking = Relinking(made=tuple(arguments.links))
    edited = await session.editing.add(profile.pid, entry, kind, confirmed=arguments.confirm, relinking=relinking)
    terminal.answer({"id": edited.record_id}, [edited.record_id, t("cli.written")])


async def edit(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Some fields of a record; the others stay as they are."""
    kind = Kind(arguments.kind)
    former = await _find_entry(session, kind, arguments.id)
    entry = build_entry(kind, _read_values(arguments, kind, read_values(former)), former)
    await session.editing.change(arguments.id, entry, confirmed=arguments.confirm)
    terminal.answer({"id": arguments.id}, [t("cli.written")])


async def delete(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """A record, or a document of one's own."""
    await _find_entry(session, Kind(arguments.kind), arguments.id)
    await session.editing.delete(arguments.id)
    terminal.answer({"id": arguments.id}, [t("cli.deleted")])


async def declare_nothing(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """That there is nothing to tell of a whole section, today."""
    profile = await choose_profile(session, arguments.profile)
    edited = await session.editing.declare_nothing(profile.pid, Kind(arguments.kind))
    terminal.answer({"id": edited.record_id}, [t("cli.written")])


async def use_documents(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List documents, get the content of one, add one, or say who reads which."""
    await _DOCUMENTS[arguments.action](session, arguments, terminal)


async def add_document(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Files, each as a document of the person, or photos as the pages of one."""
    profile = await choose_profile(session, arguments.profile)
    made = PartialDate(text=arguments.date or date.today().isoformat())  # noqa: DTZ011 - the day of whoever types
    label = Label(
        title=arguments.title,
        category=Category(arguments.category),
        date=made,
        paper=PaperKind(arguments.paper) if arguments.paper else None,
        expires=PartialDate(text=arguments.expires) if arguments.expires else None,
    )
    files = [prepare_file(read_file(file)) for file in arguments.files]
    edits = await add_batch(session, profile.pid, Batch(files, label, arguments.pages), lambda *_: None)
    ids = [edited.record_id for edited in edits]
    changes = sorted({change for file in files for change in file.changes})
    told = [t("cli.cleaned", what=", ".join(t(f"adding.changes.{change}") for change in changes))] if changes else []
    terminal.answer({"id": ids[-1], "ids": ids, "changes": changes}, [*ids, *told, t("cli.written")])


async def edit_document(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """What a document of one's own is; what is not named stays as it is."""
    said = read_label(cast(Document, await _find_entry(session, Kind.DOCUMENTS, arguments.id)))
    values = {"title": arguments.title, "category": arguments.category, "paper": arguments.paper}
    dates = {"date": arguments.date, "expires": arguments.expires}
    changed = {name: value for name, value in values.items() if value is not None}
    changed |= {name: {"text": value} for name, value in dates.items() if value is not None}
    await session.documents.relabel(arguments.id, Label.model_validate({**dict(said), **changed}))
    terminal.answer({"id": arguments.id}, [t("cli.written")])


async def rename_document(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """A title of one's own, on this device only; empty, the document has its own again."""
    await session.documents.rename(arguments.id, arguments.title)
    terminal.answer({"id": arguments.id, "own_title": arguments.title}, [t("cli.written_here")])


_DOCUMENTS: dict[str, Callable[[Session, argparse.Namespace, Terminal], Awaitable[None]]] = {
    "list": list_documents,
    "get": get_document,
    "rename": rename_document,
    "versions": list_versions,
    "add": add_document,
    "import": import_documents,
    "edit": edit_document,
    "hide": hide_documents,
    "show": hide_documents,
    "visibility": tell_visibility,
    "folders": list_folders,
    "move": move_documents,
    "pin": pin_documents,
    "unpin": pin_documents,
}


def _read_values(arguments: argparse.Namespace, kind: Kind, shown: Mapping[str, str]) -> Mapping[str, str]:
    """The fields of a form that shows ``shown``, by their names. Raises Rejected("file"): NO_SUCH_FILE, NOT_A_FORM."""
    try:
        values = json.loads(read_file(arguments.values))
    except ValueError:
        raise Rejected("file", Reason.NOT_A_FORM) from None
    if not isinstance(values, dict) or not all(isinstance(text, str) for text in values.values()):
        raise Rejected("file", Reason.NOT_A_FORM)
    asked = list_inputs(kind, {**shown, **values})
    if values.keys() - shown.keys() - {name for each in asked for name in (each.name, each.unit_name)}:
        raise Rejected("file", Reason.NOT_A_FORM)
    return values


async def _find_entry(session: Session, kind: Kind, record_id: str) -> Entry:
    entry = await session.health.entry(record_id)
    if not isinstance(entry, _MODELS[kind]):
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return entry
