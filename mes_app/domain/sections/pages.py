"""Pages of the health booklet of a child: what is noted at an age, in the family's own words."""

from mes_app.domain.record import Entry
from mes_app.domain.values import PartialDate


class Page(Entry):
    """One page. ``page`` names it: one of ``booklets.AGES``, or any words for a page of one's own.

    ``unique_id`` is the same wherever the record goes: its photos, which are documents, name it.
    """

    page: str
    date: PartialDate | None = None
    text: str | None = None
    unique_id: str = ""
