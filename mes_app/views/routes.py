"""Where every screen is, and how to go there. Screens of different features meet only here.

Every address of a record starts with the profile (``/<pid>/documents/<id>``): whose record is shown is a fact of the
address, so that going back can never show one child's record under the name of another. Addresses hold our own
random identifiers only.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from urllib.parse import parse_qs, urlencode, urlsplit

import flet as ft

from mes_app.domain.record import Kind


class Destination(StrEnum):
    """The places of the navigation bar, in its order; the value is the part of the address after the profile."""

    HOME = ""
    DOCUMENTS = "documents"
    HEALTH = "sante"
    AGENDA = "agenda"


HOME_PATTERN = ":pid"
DOCUMENTS_PATTERN = ":pid/documents"
HEALTH_PATTERN = ":pid/sante"
AGENDA_PATTERN = ":pid/agenda"
SYNTHESIS_PATTERN = "synthese"
EMERGENCY_PATTERN = "urgence"
PERSON_PATTERN = "profil"
IDENTITY_PATTERN = "identite"
REMOVAL_PATTERN = "retirer"
JOINING_PATTERN = "rattacher"
RECORD_PATTERN = ":id"
SECTION_PATTERN = ":kind"
FORM_PATTERN = "saisie"
_ORIGIN, _STEPS = "depuis", 8
PREVENTION = "prevention"
"""In the place of a section of the health profile."""
BOOKLET = "carnet"
"""As PREVENTION: the health booklet of a child."""
PRINT = "imprimer"
"""In the place of the id of a record of it: its PDF."""
NEW = "nouveau"
NEW_PIECE = "nouvelle-piece"
"""In the place of the id of a record that is not written yet; the second of an administrative piece."""
NEW_PATTERN = f":id({NEW}|{NEW_PIECE})"
GROWTH = "croissance"
"""In the place of the id of a measure: the curves of a child."""
MEASURE_IMPORT = "importer"
"""There too: measures of a file."""
SYNC = "/mise-a-jour"
SETTINGS = "/reglages"
STORAGE = "/stockage"
EXPORT = "/export"
IMPORT = "/import"
ABOUT = "/a-propos"
ADD_PROFILE = "/profils/ajouter"
RENEWAL = "/reconnexion"
CONNECTION = "/relier"
SECURITY = "/securite"
CHANGE_SECRET = "/securite/code"  # noqa: S105 - an address
RECOVERY = "/securite/recuperation"
EMERGENCY_CARDS = "/securite/urgence"
BACKUP = "/securite/sauvegarde"
CHANGE_KEY = "/securite/cle"
LEAVING = "/securite/quitter"


_PLACES = {Kind.DOCUMENTS: Destination.DOCUMENTS, Kind.APPOINTMENTS: Destination.AGENDA}
"""The kinds that have a place of their own."""


def home(pid: str) -> str:
    """The home of a profile."""
    return f"/{pid}"


def place(pid: str, destination: Destination) -> str:
    """One of the destinations of the navigation bar."""
    return f"/{pid}/{destination}" if destination else home(pid)


def document(pid: str, record_id: str) -> str:
    """One document."""
    return f"/{pid}/documents/{record_id}"


def section(pid: str, kind: Kind) -> str:
    """One section of the health profile."""
    return f"/{pid}/sante/{kind}"


def entry(pid: str, kind: Kind, record_id: str) -> str:
    """One entry of a section."""
    return f"/{pid}/sante/{kind}/{record_id}"


def prevention(pid: str) -> str:
    """What prevention offers a person at their age."""
    return f"{place(pid, Destination.HEALTH)}/{PREVENTION}"


def booklet(pid: str, part: str = "") -> str:
    """The health booklet of a child, or its ``PRINT``."""
    whole = f"{place(pid, Destination.HEALTH)}/{BOOKLET}"
    return f"{whole}/{part}" if part else whole


def growth(pid: str) -> str:
    """How a child grows."""
    return entry(pid, Kind.MEASURES, GROWTH)


def measure_import(pid: str) -> str:
    """Where the measures of a file are added."""
    return entry(pid, Kind.MEASURES, MEASURE_IMPORT)


def appointment(pid: str, record_id: str) -> str:
    """One appointment."""
    return f"/{pid}/agenda/{record_id}"


def person(pid: str) -> str:
    """Who a profile is about, and how they are reached."""
    return f"{home(pid)}/{PERSON_PATTERN}"


def identity(pid: str) -> str:
    """The form of who somebody is whose record began here."""
    return f"{person(pid)}/{IDENTITY_PATTERN}"


def removal(pid: str) -> str:
    """Where somebody is removed whose record began here."""
    return f"{person(pid)}/{REMOVAL_PATTERN}"


def joining(pid: str) -> str:
    """Where a record that began here joins one of a service."""
    return f"{person(pid)}/{JOINING_PATTERN}"


def section_of(pid: str, kind: Kind) -> str:
    """The list that holds the records of a kind."""
    if kind is Kind.PEOPLE:
        return person(pid)
    return place(pid, _PLACES[kind]) if kind in _PLACES else section(pid, kind)


def record(pid: str, kind: Kind, record_id: str) -> str:
    """One record, wherever its kind is shown."""
    return f"{section_of(pid, kind)}/{record_id}"


def form(pid: str, kind: Kind, about: str = "") -> str:
    """The form of the record ``about``, of a new value of that measure, or of a new record."""
    return f"{record(pid, kind, about)}/{FORM_PATTERN}" if about else record(pid, kind, NEW)


def conflict(record_id: str) -> str:
    """The choice between the two versions of a record."""
    return f"{SYNC}/{record_id}"


def synthesis(pid: str) -> str:
    """The synthesis of a profile."""
    return f"/{pid}/synthese"


def emergency(pid: str) -> str:
    """The emergency information of a profile."""
    return f"/{pid}/urgence"


def way_to(address: str) -> Callable[[], None]:
    """A handler that shows the screen at ``address``. Flet passes the event to any parameter, so it has none."""
    return lambda: go(address)


def way_across(address: str) -> Callable[[], None]:
    """The same with ``go_across``."""
    return lambda: go_across(address)


def find_origin() -> str:
    """The address to come back to; empty where one comes back to what the screen shown is part of."""
    *before, _ = _read_trail()
    return _follow(before) if before else ""


def _read_trail() -> list[str]:
    """The addresses from which one came across, then that of the screen shown."""
    shown = urlsplit(ft.context.page.route)
    return [*parse_qs(shown.query).get(_ORIGIN, []), shown.path]


def _follow(trail: Sequence[str]) -> str:
    """The last address of ``trail`` with those before it; who is back where they have been has gone no way."""
    last = trail[-1]
    before = trail[: trail.index(last)][-_STEPS:]
    return f"{last}?{urlencode({_ORIGIN: before}, doseq=True)}" if before else last


def go(address: str) -> None:
    """Show the screen at ``address``. To be called in an event handler or an effect."""
    ft.context.page.navigate(address)


def go_across(address: str) -> None:
    """The same, but from there one comes back to the screen shown now, whatever that one is part of."""
    go(_follow([*_read_trail(), address]))
