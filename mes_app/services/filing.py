"""File a document of one's own: its bytes sealed on this device, and the record that names them, in one act.

The server gets both with the next sync. What a file says of itself (name, declared type) is not believed.
"""

import base64
import hashlib
from datetime import date, datetime

from mes_app.domain.catalogue import choose_upload_type
from mes_app.domain.content_types import UNKNOWN, ZIP, sniff_content_type
from mes_app.domain.documents import Attachment, Category, Document
from mes_app.domain.papers import PaperKind, find_last_day
from mes_app.domain.record import Kind
from mes_app.domain.texts import clean_line
from mes_app.domain.typed_values import date_typed
from mes_app.domain.values import Frozen, PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.services.encoding import encode_new
from mes_app.store.database import Connection
from mes_app.store.edits import When, create_record
from mes_app.store.ids import make_id
from mes_app.store.visibility import hides_new

LARGEST = 5_000_000
"""Bytes of the largest file that the national service takes."""
LONGEST_TITLE = 200


class Label(Frozen):
    """What the person says of the file. ``date``: when the document was made.

    ``hidden`` from professionals, or not; None: as the person chose for all that is new. ``paper`` and ``expires`` are
    those of an administrative piece, and count for nothing elsewhere. ``page``: the page of a booklet it is a photo of.
    """

    title: str
    category: Category
    date: PartialDate
    hidden: bool | None = None
    paper: PaperKind | None = None
    expires: PartialDate | None = None
    page: str = ""


def describe_file(data: bytes, label: Label, now: datetime) -> Document:
    """The document that ``data`` is, filed ``now``.

    Raises Rejected: ("file", MISSING when empty, TOO_BIG, FORMAT_NOT_ACCEPTED), ("title", MISSING or TOO_LONG),
    ("category", NOT_A_CHOICE where nobody files a document of their own), ("date", NOT_A_DATE or IN_THE_FUTURE),
    ("expires", NOT_A_DATE, BEFORE_START).
    """
    title = clean_line(label.title)
    _check_label(title, label, now.astimezone().date())
    piece = label.category is Category.ADMINISTRATIVE
    return Document(
        title=title,
        unique_id=f"urn:uuid:{make_id()}",
        type=choose_upload_type(label.category),
        category=label.category,
        date=label.date,
        paper=label.paper if piece else None,
        expires=label.expires if piece else None,
        page=label.page,
        attachment=Attachment(
            content_type=_find_type(data),
            size=len(data),
            sha1=base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode(),
        ),
    )


def read_label(document: Document) -> Label:
    """What is said of a document that is filed; its date empty where it has none."""
    return Label(
        title=document.title,
        category=document.category,
        date=document.date or PartialDate(text=""),
        hidden=document.hidden,
        paper=document.paper,
        expires=document.expires,
    )


def relabel_document(document: Document, label: Label, today: date) -> Document:
    """``document`` with what ``label`` says otherwise, but for who reads it: that is asked elsewhere.

    Its type stays while its category does, the hour of its date while the day does. Raises Rejected as
    ``describe_file``, for a date or a category only where it is another.
    """
    title, dated = clean_line(label.title), document.date
    same_day = dated is not None and label.date.text in (dated.text, date_typed(dated, timed=False))
    _check_label(title, label, today, is_dated=same_day)
    moved = label.category is not document.category
    piece = label.category is Category.ADMINISTRATIVE
    return document.model_copy(
        update={
            "title": title,
            "type": choose_upload_type(label.category) if moved else document.type,
            "category": label.category,
            "date": dated if same_day else label.date,
            "paper": label.paper if piece else None,
            "expires": label.expires if piece else None,
        }
    )


def create_document(con: Connection, pid: str, document: Document, when: When, *, hidden: bool | None = None) -> str:
    """The record of a document, to be sent; our id of it. ``hidden`` as ``Label`` says."""
    document = document.model_copy(update={"hidden": hides_new(con, pid) if hidden is None else hidden})
    return create_record(con, pid, encode_new(con, pid, Kind.DOCUMENTS, document, when), when)


def _check_label(title: str, label: Label, today: date, *, is_dated: bool = False) -> None:
    """``is_dated``: its date was taken before, and stays whatever it is."""
    if not title:
        raise Rejected("title", Reason.MISSING)
    if len(title) > LONGEST_TITLE:
        raise Rejected("title", Reason.TOO_LONG)
    day = label.date.day
    if day is None and not is_dated:
        raise Rejected("date", Reason.NOT_A_DATE)
    if day and day > today and not is_dated:
        raise Rejected("date", Reason.IN_THE_FUTURE)
    if label.expires:
        last = find_last_day(label.expires)
        if last is None:
            raise Rejected("expires", Reason.NOT_A_DATE)
        if day and last < day:
            raise Rejected("expires", Reason.BEFORE_START)


def _find_type(data: bytes) -> str:
    if not data:
        raise Rejected("file", Reason.MISSING)
    if len(data) > LARGEST:
        raise Rejected("file", Reason.TOO_BIG)
    content_type = sniff_content_type(data)
    if content_type in (UNKNOWN, ZIP):
        raise Rejected("file", Reason.FORMAT_NOT_ACCEPTED)
    return content_type
