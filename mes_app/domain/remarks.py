"""What a person says is wrong in a record that somebody else wrote: a note of their own, beside it."""

from mes_app.domain.checks import TEXT_LIMIT
from mes_app.domain.record import Entry
from mes_app.domain.texts import clean_paragraph
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected


class Remark(Entry):
    """One reported error. ``about`` is the address of the record; ``date`` when it was written last."""

    about: str
    text: str
    date: PartialDate | None = None


def read_remark(typed: str) -> str:
    """What was typed, as it is kept. Raises Rejected("text"): MISSING, TOO_LONG."""
    text = clean_paragraph(typed)
    if not text:
        raise Rejected("text", Reason.MISSING)
    if len(text) > TEXT_LIMIT:
        raise Rejected("text", Reason.TOO_LONG)
    return text
