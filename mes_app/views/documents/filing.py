"""What a person says of a document of their own, new or filed: asked like any form, kept as a draft like any form."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath

from mes_app.domain.catalogue import UPLOAD_TYPES
from mes_app.domain.documents import Category
from mes_app.domain.forms import Input, InputKind
from mes_app.domain.papers import PaperKind
from mes_app.domain.record import Kind
from mes_app.domain.texts import clean_line
from mes_app.domain.typed_values import date_typed, parse_date
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.services.filing import LONGEST_TITLE, Label, read_label
from mes_app.services.session import Session
from mes_app.services.undoing import Edited
from mes_app.views.forms.opening import Opened, Task
from mes_app.views.forms.partial_dates import type_now

YES = "yes"
TITLE = Input("title", "adding.title", InputKind.TEXT, required=True)
CATEGORY = Input("category", "adding.category", InputKind.CHOICE, required=True, choices=(*UPLOAD_TYPES,))
_PAPER = Input("paper", "adding.paper", InputKind.CHOICE, choices=(*PaperKind,))
_EXPIRES = Input("expires", "adding.expires", InputKind.DATE)
_DATE = Input("date", "adding.date", InputKind.DATE, required=True)
_HIDDEN = Input("hidden", "adding.hidden", InputKind.YES, required=True)


def list_label_inputs(values: Mapping[str, str]) -> list[Input]:
    """What is asked of a document, in order: of an administrative piece, also which one and until when."""
    of_piece = (_PAPER, _EXPIRES) if values.get("category") == Category.ADMINISTRATIVE else ()
    return [TITLE, CATEGORY, *of_piece, _DATE]


def list_filing_inputs(values: Mapping[str, str]) -> list[Input]:
    """The same of a new one, and who reads it."""
    return [*list_label_inputs(values), _HIDDEN]


async def open_filing(session: Session, task: Task, now: datetime, *, category: str = "") -> Opened:
    """What the form shows first: today, and hidden if the person so chose for all that is new.

    ``category``: where it is going to be filed, unless another was already chosen.
    """
    hides = (await session.visibility.summarise(task.pid)).hides_new
    values = {"category": category, "date": type_now(now, timed=False), "hidden": YES if hides else ""}
    draft = await session.editing.read_draft(task.pid, task.name)
    return Opened(values, draft and {**draft, "category": draft.get("category") or category})


async def open_label(session: Session, task: Task) -> Opened:
    """What the form of a document shows first: what is said of it now. Raises Rejected(UNKNOWN_RECORD)."""
    values = _show_label(read_label(await session.documents.open(task.record_id)))
    return Opened(values, await session.editing.read_draft(task.pid, task.name))


async def save_label(session: Session, task: Task, opened: Opened, typed: Mapping[str, str]) -> Edited:
    """Write what was ``typed``, only what differs from what was ``opened``: the rest may have changed.

    Raises as ``build_label`` and ``Documents.relabel``.
    """
    now = _show_label(read_label(await session.documents.open(task.record_id)))
    changed = {name: value for name, value in typed.items() if value != opened.values.get(name, "")}
    return await session.documents.relabel(task.record_id, build_label({**now, **changed}))


def make_task(pid: str, record_id: str = "") -> Task:
    """The form of a document of a person, or of new ones."""
    return Task(pid, Kind.DOCUMENTS, record_id)


def propose_title(name: str) -> str:
    """A title out of the name of a file, only for who asks for it."""
    return clean_line(PurePath(name).stem.replace("_", " "))[:LONGEST_TITLE]


def build_label(values: Mapping[str, str]) -> Label:
    """What was typed. Raises Rejected at an input: MISSING, NOT_A_DATE."""
    for asked in list_label_inputs(values):
        if asked.required and not values.get(asked.name, "").strip():
            raise Rejected(asked.name, Reason.MISSING)
    expires, paper = values.get("expires", ""), values.get("paper")
    return Label(
        title=values["title"],
        category=Category(values["category"]),
        date=_parse(values, "date"),
        hidden=values.get("hidden") == YES,
        paper=PaperKind(paper) if paper else None,
        expires=_parse(values, "expires") if expires else None,
    )


def _show_label(label: Label) -> dict[str, str]:
    return {
        "title": label.title,
        "category": label.category,
        "date": date_typed(label.date, timed=False),
        "paper": label.paper or "",
        "expires": date_typed(label.expires, timed=False) if label.expires else "",
    }


def _parse(values: Mapping[str, str], name: str) -> PartialDate:
    found = parse_date(values[name])
    if found is None:
        raise Rejected(name, Reason.NOT_A_DATE)
    return found
