"""What a person says of the files they add: asked like any form, and kept as a draft like any form."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath

from mes_app.domain.catalogue import UPLOAD_TYPES
from mes_app.domain.documents import Category
from mes_app.domain.forms import Input, InputKind
from mes_app.domain.papers import PaperKind
from mes_app.domain.record import Kind
from mes_app.domain.texts import clean_line
from mes_app.domain.typed_values import parse_date
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.services.filing import LONGEST_TITLE, Label
from mes_app.services.session import Session
from mes_app.views.forms.opening import Opened, Task
from mes_app.views.forms.partial_dates import type_now

YES = "yes"
TITLE = Input("title", "adding.title", InputKind.TEXT, required=True)
CATEGORY = Input("category", "adding.category", InputKind.CHOICE, required=True, choices=(*UPLOAD_TYPES,))
_PAPER = Input("paper", "adding.paper", InputKind.CHOICE, choices=(*PaperKind,))
_EXPIRES = Input("expires", "adding.expires", InputKind.DATE)
_DATE = Input("date", "adding.date", InputKind.DATE, required=True)
_HIDDEN = Input("hidden", "adding.hidden", InputKind.YES, required=True)


def list_filing_inputs(values: Mapping[str, str]) -> list[Input]:
    """What is asked of a document, in order: of an administrative piece, also which one and until when."""
    of_piece = (_PAPER, _EXPIRES) if values.get("category") == Category.ADMINISTRATIVE else ()
    return [TITLE, CATEGORY, *of_piece, _DATE, _HIDDEN]


async def open_filing(session: Session, task: Task, now: datetime) -> Opened:
    """What the form shows first: today, and hidden if the person so chose for all that is new."""
    hides = (await session.visibility.summarise(task.pid)).hides_new
    values = {"date": type_now(now, timed=False), "hidden": YES if hides else ""}
    return Opened(values, await session.editing.read_draft(task.pid, task.name))


def make_task(pid: str) -> Task:
    """The form of new documents of a person."""
    return Task(pid, Kind.DOCUMENTS)


def propose_title(name: str) -> str:
    """A title out of the name of a file, only for who asks for it."""
    return clean_line(PurePath(name).stem.replace("_", " "))[:LONGEST_TITLE]


def build_label(values: Mapping[str, str]) -> Label:
    """What was typed. Raises Rejected at an input: MISSING, NOT_A_DATE."""
    for asked in list_filing_inputs(values):
        if asked.required and asked is not _HIDDEN and not values.get(asked.name, "").strip():
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


def _parse(values: Mapping[str, str], name: str) -> PartialDate:
    found = parse_date(values[name])
    if found is None:
        raise Rejected(name, Reason.NOT_A_DATE)
    return found
