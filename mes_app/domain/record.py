"""A record of any kind as lists know it: enough to show a row without opening the record itself."""

from dataclasses import dataclass
from enum import StrEnum

from mes_app.domain.values import Frozen, PartialDate


class Kind(StrEnum):
    """One word per feature, the same in every layer."""

    DOCUMENTS = "documents"
    ALLERGIES = "allergies"
    TREATMENTS = "treatments"
    CONDITIONS = "conditions"
    VACCINES = "vaccines"
    PROCEDURES = "procedures"
    FAMILY_HISTORY = "family_history"
    MEASURES = "measures"
    BLOOD_GROUP = "blood_group"
    PREGNANCIES = "pregnancies"
    HANDICAP = "handicap"
    HABITS = "habits"
    WISHES = "wishes"
    CONTACTS = "contacts"
    PROFESSIONALS = "professionals"
    APPOINTMENTS = "appointments"
    PEOPLE = "people"
    RESULTS = "results"
    PAGES = "pages"
    TEETH = "teeth"
    NOTHING_DECLARED = "nothing_declared"
    REMARKS = "remarks"
    OTHER = "other"


class Source(StrEnum):
    """Who says so."""

    SELF = "self"
    RELATIVE = "relative"
    PROFESSIONAL = "professional"
    DEVICE = "device"
    DOCUMENT = "document"
    """A document read here; no record has it."""
    UNKNOWN = "unknown"


class ContentState(StrEnum):
    """Where the content of a document is. FREED: on the server only, until someone opens it."""

    NONE = "none"
    REMOTE = "remote"
    FREED = "freed"
    STORED = "stored"
    TOO_LARGE = "too_large"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The columns kept beside a record's body. Empty text where nothing is known.

    ``category``: the document category, the measure id, the criticality of an allergy, or the section that a
    NOTHING_DECLARED speaks of.
    ``date_text`` is as written, ``date_key`` sorts (UTC). ``search`` is ``title`` and ``subtitle`` folded.
    ``withheld``: the viewer must not see it (domain.md, INVISIBLE_*): nothing else of it is kept.
    Of a document, ``unique_id`` is the same whatever way brought it, ``replaces`` the JSON list of those it takes the
    place of (their addresses and unique ids), ``stay`` the address of the stay it belongs to, ``organization`` where
    it was made. Of a measure by a device, ``unique_id`` is what the device calls it and ``organization`` the device.
    ``value``/``value2``/``unit``: the numbers of a measure (systolic/diastolic for blood pressure).
    ``linked``: the JSON list of the addresses of the records that it says it is linked to.
    """

    kind: Kind
    title: str = ""
    subtitle: str = ""
    date_text: str = ""
    date_key: str = ""
    category: str = ""
    code: str = ""
    status: str = ""
    source: Source = Source.UNKNOWN
    hidden: bool = False
    withheld: bool = False
    content_type: str = ""
    size: int = 0
    value: float | None = None
    value2: float | None = None
    unit: str = ""
    search: str = ""
    unique_id: str = ""
    replaces: str = ""
    stay: str = ""
    organization: str = ""
    linked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Overview):
    """An overview with its place: record ``id`` (our own UUID) and ``profile`` (pid). ``kept``: its content stays here.

    ``pinned``: above all others in the list. ``folder`` is the name of the one it is in, empty in none. ``own_title``
    is what its reader calls it, here only.
    """

    id: str
    profile: str
    unread: bool = False
    content: ContentState = ContentState.NONE
    kept: bool = False
    pinned: bool = False
    folder: str = ""
    own_title: str = ""

    @property
    def name(self) -> str:
        """What its reader calls it, else its title."""
        return self.own_title or self.title

    @property
    def date(self) -> PartialDate | None:
        """When it happened, as written."""
        return PartialDate(text=self.date_text) if self.date_text else None


class Entry(Frozen):
    """One opened record: the base of documents, appointments and every health section.

    ``updated``: when this version was written, where the record itself does not say when it was ``recorded``.
    """

    id: str = ""
    profile: str = ""
    source: Source = Source.UNKNOWN
    author: str | None = None
    recorded: PartialDate | None = None
    updated: PartialDate | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a committed transaction touched: screens that show this kind of this profile read again."""

    profile: str
    kind: Kind
