"""The whole dossier of one person as its archive tells it to a reader, gathered before it is drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from mes_app.domain.appointments import Appointment
from mes_app.domain.documents import Category
from mes_app.domain.record import Row
from mes_app.domain.summaries import HealthSummary

MOST_ENTRIES = 500
"""Of each section, that are put in words: measures may come by the thousand."""


class Missing(StrEnum):
    """Why the content of a document is not in an archive."""

    OFFLINE = "offline"
    REFUSED = "refused"
    NONE = "none"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """One document: its ``path`` from the person's folder, or why there is none."""

    row: Row
    path: str = ""
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person's record at one moment. ``documents``: the newest first; ``appointments``: the latest first."""

    summary: HealthSummary
    appointments: tuple[Appointment, ...] = ()
    documents: tuple[FiledDocument, ...] = ()

    def list_categories(self) -> Iterator[tuple[str, list[FiledDocument]]]:
        """The documents of each category that has some, in the order of the screens; unknown ones last."""
        order = {category.value: place for place, category in enumerate(Category)}

        def find_place(document: FiledDocument) -> int:
            return order.get(document.row.category, len(order))

        ordered: Iterable[FiledDocument] = sorted(self.documents, key=find_place)
        for category, documents in groupby(ordered, lambda document: document.row.category):
            yield category, list(documents)
