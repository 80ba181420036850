"""Records that belong to no section of ours: shown as they are rather than lost."""

from mes_app.domain.record import Entry, Kind
from mes_app.domain.values import PartialDate


class Other(Entry):
    """Any other record. ``type`` is its FHIR type, ``text`` what its author wrote for a reader."""

    title: str
    type: str
    date: PartialDate | None = None
    text: str | None = None


class NothingDeclared(Entry):
    """« Je n'ai pas de… », said on ``date`` of the whole of ``section``. It is not the same as never filled in."""

    section: Kind
    date: PartialDate | None = None
