"""Results of laboratories and examinations, as the record gives them. Nothing here is interpreted."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate, Quantity


class Result(Entry):
    """One result. ``reference``: the usual range its author states; ``text``: an answer in words, or the conclusion."""

    result: Coded
    date: PartialDate | None = None
    value: Quantity | None = None
    reference: str | None = None
    interpretation: str | None = None
    text: str | None = None
