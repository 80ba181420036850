"""Hand-written services that write, send and settle. They keep what they were asked."""

# ruff: noqa: ARG002 - the signatures are those of the services

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mes_app.domain.documents import Content
from mes_app.domain.links import AS_LINKED, Linked, Relinking
from mes_app.domain.measure_series import MeasureSeries
from mes_app.domain.record import Entry, Kind, Row, Source
from mes_app.domain.sections import SECTIONS
from mes_app.domain.sections.allergies import Allergy, Criticality
from mes_app.domain.sections.measures import Measure
from mes_app.domain.shown_measures import show_measure
from mes_app.domain.sync_status import SyncStatus
from mes_app.domain.values import Coded, PartialDate
from mes_app.errors import MesError, Reason, Rejected
from mes_app.services.conflicts import ConflictSummary, KeptVersion, Side, TwoVersions
from mes_app.services.health import SectionSummary
from mes_app.services.measures import OpenedMeasure
from mes_app.services.undoing import Edited
from mes_app.services.unsent import UnsentChange

NICKEL = Allergy(
    id="a1",
    profile="p0",
    source=Source.SELF,
    substance=Coded(text="Nickel"),
    criticality=Criticality.LOW,
    since=PartialDate(text="2019-05"),
)


@dataclass
class FakeHealth:
    """A profile that holds ``opened`` and nothing else."""

    opened: dict[str, Entry] = field(default_factory=lambda: {"a1": NICKEL})

    async def entry(self, record_id: str) -> Entry:
        if record_id not in self.opened:
            raise Rejected("id", Reason.UNKNOWN_RECORD)
        return self.opened[record_id]

    async def rows(self, pid: str, kind: Kind, after: Row | None = None) -> list[Row]:
        entries = self.opened.values() if kind is Kind.ALLERGIES else ()
        return [Row(id=entry.id, profile=pid, kind=kind, title="Nickel", status="active") for entry in entries]

    async def entries(self, pid: str, kind: Kind) -> list[Entry]:
        return []

    async def summaries(self, pid: str) -> list[SectionSummary]:
        return [SectionSummary(kind, 0, ()) for kind in SECTIONS]

    async def series(self, pid: str) -> list[MeasureSeries]:
        return []


@dataclass
class FakeMeasures:
    """The measures that ``health`` holds, in the units ``chosen``."""

    health: Callable[[], FakeHealth]
    chosen: dict[str, str] = field(default_factory=dict)

    async def units(self, pid: str) -> dict[str, str]:
        return dict(self.chosen)

    async def choose_unit(self, pid: str, measure: str, unit: str) -> None:
        self.chosen[measure] = unit

    async def open(self, record_id: str) -> OpenedMeasure:
        entry = await self.health().entry(record_id)
        assert isinstance(entry, Measure)
        return OpenedMeasure(entry, show_measure(entry, self.chosen))


def _keep(_con: object, _when: object) -> None:
    """What a fake undoes is noted, not done."""


@dataclass
class FakeEditing:
    """``errors`` are raised by the next writings, one each; ``drafts`` by pid and form."""

    added: list[tuple[str, Kind, Entry, bool]] = field(default_factory=list)
    changed: list[tuple[str, Entry, bool]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    declared: list[tuple[str, Kind]] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    drafts: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    errors: list[MesError] = field(default_factory=list)
    read_only: Reason | None = None
    relinked: list[Relinking] = field(default_factory=list)

    async def add(
        self, pid: str, entry: Entry, kind: Kind, *, confirmed: bool = False, relinking: Relinking = AS_LINKED
    ) -> Edited:
        self._refuse(confirmed=confirmed)
        self.added.append((pid, kind, entry, confirmed))
        self.relinked.append(relinking)
        return Edited(f"new{len(self.added)}", _keep)

    async def change(
        self, record_id: str, entry: Entry, *, confirmed: bool = False, relinking: Relinking = AS_LINKED
    ) -> Edited:
        self._refuse(confirmed=confirmed)
        self.changed.append((record_id, entry, confirmed))
        self.relinked.append(relinking)
        return Edited(record_id, _keep)

    async def delete(self, record_id: str) -> Edited:
        self._refuse()
        self.deleted.append(record_id)
        return Edited(record_id, _keep)

    async def undo(self, edited: Edited) -> None:
        self._refuse()
        self.undone.append(edited.record_id)

    async def declare_nothing(self, pid: str, kind: Kind) -> Edited:
        self._refuse()
        self.declared.append((pid, kind))
        return Edited("nothing", _keep)

    async def why_read_only(self, record_id: str) -> Reason | None:
        return self.read_only

    async def save_draft(self, pid: str, form: str, values: Mapping[str, str]) -> None:
        self.drafts[pid, form] = dict(values)

    async def read_draft(self, pid: str, form: str) -> dict[str, str] | None:
        return self.drafts.get((pid, form))

    async def drop_draft(self, pid: str, form: str) -> None:
        self.drafts.pop((pid, form), None)

    def _refuse(self, *, confirmed: bool = False) -> None:
        error = self.errors.pop(0) if self.errors else None
        if error and not (confirmed and error.reason is Reason.OUT_OF_RANGE):
            raise error


@dataclass
class FakeLinking:
    """``records`` may be linked to anything; ``linked`` are those that already are, by the id of theirs."""

    records: dict[str, Row] = field(default_factory=dict)
    linked: dict[str, list[Linked]] = field(default_factory=dict)

    async def kinds(self, record_id: str) -> tuple[Kind, ...]:
        return ()

    async def proposals(self, pid: str, kind: Kind, text: str = "", without: Sequence[str] = ()) -> list[Row]:
        return [row for row in self.records.values() if row.id not in without and text in row.title]

    async def rows(self, pid: str, record_ids: Sequence[str]) -> list[Row]:
        return [self.records[one] for one in record_ids if one in self.records]

    async def list(self, record_id: str) -> list[Linked]:
        return self.linked.get(record_id, [])


@dataclass
class FakeUnsent:
    changes: list[UnsentChange] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)

    async def list(self, *, local: bool = False) -> list[UnsentChange]:
        return [*self.changes]

    async def export(self, record_id: str = "", *, local: bool = False) -> Content:
        return Content(data=b"{}", content_type="application/fhir+json", file_name="non-envoye.json")

    async def retry(self, record_id: str) -> None:
        self.retried.append(record_id)

    async def drop(self, record_id: str) -> None:
        self.changes = [change for change in self.changes if change.record_id != record_id]


@dataclass
class FakeConflicts:
    """``open_ones`` by record id; what was chosen is in ``chosen``."""

    open_ones: dict[str, TwoVersions] = field(default_factory=dict)
    waiting: list[ConflictSummary] = field(default_factory=list)
    put_aside: list[KeptVersion] = field(default_factory=list)
    chosen: list[tuple[str, Mapping[str, Side] | Side]] = field(default_factory=list)

    async def open(self, record_id: str) -> TwoVersions:
        if record_id not in self.open_ones:
            raise Rejected("id", Reason.UNKNOWN_RECORD)
        return self.open_ones[record_id]

    async def resolve(self, record_id: str, choices: Mapping[str, Side]) -> None:
        self.chosen.append((record_id, choices))

    async def resolve_whole(self, record_id: str, side: Side) -> None:
        self.chosen.append((record_id, side))

    async def kept(self, pid: str) -> list[KeptVersion]:
        return [version for version in self.put_aside if version.profile == pid]

    async def drop_kept(self, kept_id: int) -> None:
        self.put_aside = [version for version in self.put_aside if version.kept_id != kept_id]

    async def list(self) -> list[ConflictSummary]:
        return self.waiting


class FakeSchedule:
    """Runs ``syncing``, where it has a server, once it is started; ``fronts`` counts the returns to the foreground."""

    def __init__(self, syncing: Any) -> None:
        self.syncing = syncing
        self.started = 0
        self.fronts = 0
        self.shown = ""
        self.first: list[str | None] = []

    def start(self) -> None:
        self.started += 1
        if self.syncing.known:
            self.syncing.runs += 1
            self.syncing.tell(self.syncing.answer())

    def note_foreground(self) -> None:
        self.fronts += 1

    def note_shown(self, pid: str) -> None:
        self.shown = pid

    async def run_now(self, first: str | None = None, *, thorough: bool = False) -> SyncStatus:
        self.first.append(first)
        status: SyncStatus = await self.syncing.run(first, thorough=thorough)
        return status
