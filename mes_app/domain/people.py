"""The people of a vault: whose record it is, and how each is told from the others."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from mes_app.domain.values import Frozen, PartialDate

COLOURS = {
    "teal": "#0B6E69",
    "violet": "#7A3E9D",
    "brick": "#B3461F",
    "blue": "#2B5C9E",
    "ochre": "#8A5A00",
    "raspberry": "#A12D5E",
    "green": "#3F6B1F",
    "indigo": "#4A4E9E",
}
"""Those that a profile may have, by our own names."""
PALETTE = tuple(COLOURS.values())
SYMBOLS = ("face", "child", "baby", "elder", "star", "flower", "tree", "sun", "bicycle", "music", "book", "paw")
"""What may stand in place of the initials, by our own names."""


class Sex(StrEnum):
    """The registered sex (FHIR administrative gender)."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class ProfileState(StrEnum):
    """Whether the right to a profile still stands (protocol.md, RECONCILE)."""

    ACTIVE = "active"
    HIDDEN = "hidden"


class Profile(Frozen):
    """One record holder in the vault. ``pid`` is ours; ``rid`` is the server's Patient id, once known.

    Until then their Patient is a record of this device alone, of which ``pid`` is the id. In place of the initials may
    stand one of SYMBOLS, or a ``photo`` (JPEG, square): both are of this device alone.
    """

    pid: str
    rid: str | None = None
    name: str = ""
    birth: PartialDate | None = None
    sex: Sex = Sex.UNKNOWN
    colour: str = PALETTE[0]
    position: int = 0
    holder: bool = False
    state: ProfileState = ProfileState.ACTIVE
    symbol: str = ""
    photo: bytes = b""

    @property
    def is_local(self) -> bool:
        """Whether no server knows this person: all of it is on this device only."""
        return self.rid is None

    @property
    def address(self) -> str:
        """How records name this person: as the server does, else as what waits to be sent names its own kind."""
        return f"urn:uuid:{self.pid}" if self.rid is None else f"Patient/{self.rid}"

    @property
    def initials(self) -> str:
        """Up to two letters for the avatar."""
        words = [word for word in self.name.replace("-", " ").split() if word]
        return "".join(word[0] for word in (words[:1] + words[-1:])[: len(words)]).upper()

    @property
    def first_name(self) -> str:
        """The first word of the name: what a bar has room for."""
        return self.name.split()[0] if self.name.split() else ""


class Person(Frozen):
    """What the Patient resource says of a profile. ``nir`` is the 15 characters; never log it, mask it on screen."""

    name: str
    first_names: str = ""
    birth_name: str = ""
    birth: PartialDate | None = None
    sex: Sex = Sex.UNKNOWN
    nir: str | None = Field(default=None, repr=False)
    address: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


class Age(Frozen):
    """Completed years and months."""

    years: int
    months: int


def age_on(birth: date, today: date) -> Age:
    """The age on ``today``; born on a 29 February, a year older on 1 March of common years. Never negative."""
    months = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
    return Age(years=max(months, 0) // 12, months=max(months, 0) % 12)
