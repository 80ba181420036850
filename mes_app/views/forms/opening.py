"""What a form is about, what it shows first, and what becomes of it: a draft, or an entry of the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mes_app.domain.forms import InputKind, build_entry, list_inputs, read_values, start_values
from mes_app.domain.inputs import unit_name
from mes_app.domain.presets import find_preset
from mes_app.domain.record import Kind
from mes_app.domain.shown_measures import Units
from mes_app.errors import MesError
from mes_app.i18n.numbers import write_number
from mes_app.services.editing import Editing
from mes_app.services.session import Session
from mes_app.services.undoing import Edited
from mes_app.views.forms.linking import read_links, read_relinking
from mes_app.views.forms.partial_dates import complete_date, type_now
from mes_app.views.widgets.boundaries import log_failure

_DATED = (Kind.MEASURES, Kind.HABITS)
"""What is mostly written down on the day it is noticed."""


_DATES = (InputKind.DATE, InputKind.DAY, InputKind.MOMENT)


@dataclass(frozen=True)
class Task:
    """The form of one entry: a new one, ``about`` something where that is known, or the record ``record_id``."""

    pid: str
    kind: Kind
    record_id: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """The name of its draft."""
        return "/".join(part for part in (self.kind, self.about or self.record_id) if part)


@dataclass(frozen=True)
class Opened:
    """``values`` by the name of their input, as the record has them; ``draft``: as they were typed before.

    ``units``: those in which measures are shown.
    """

    values: dict[str, str]
    draft: dict[str, str] | None
    units: Units = field(default_factory=dict)


async def open_form(session: Session, task: Task, now: datetime) -> Opened:
    """Read what ``task`` shows first, its numbers as the language writes them. Raises Rejected(UNKNOWN_RECORD)."""
    former = await session.health.entry(task.record_id) if task.record_id else None
    units = await session.measures.units(task.pid) if task.kind is Kind.MEASURES else {}
    values = read_values(former, units) if former else _propose_values(task, now) | _name_units(units)
    numbers = {asked.name for asked in list_inputs(task.kind, values) if asked.kind is InputKind.NUMBER}
    values = {name: write_number(value) if name in numbers else value for name, value in values.items()}
    values |= await read_links(session, task.kind, task.record_id)
    return Opened(values, await session.editing.read_draft(task.pid, task.name), units)


async def save_form(
    session: Session, task: Task, opened: Opened, typed: Mapping[str, str], *, confirmed: bool
) -> Edited:
    """Write what was ``typed``; of a record, only what differs from what was ``opened``: the rest may have changed.

    A unit that was chosen is that of its measure from then on.

    Raises Rejected at an input, NotAllowed.
    """
    relinking = await read_relinking(session, task.pid, opened.values, typed)
    changed = {name: value for name, value in typed.items() if value != opened.values.get(name, "")}
    if task.record_id:
        former = await session.health.entry(task.record_id)
        entry = build_entry(task.kind, _complete(task.kind, changed), former, opened.units)
        edited = await session.editing.change(task.record_id, entry, confirmed=confirmed, relinking=relinking)
    else:
        entry = build_entry(task.kind, _complete(task.kind, typed))
        edited = await session.editing.add(task.pid, entry, task.kind, confirmed=confirmed, relinking=relinking)
    if unit := changed.get(unit_name(typed.get("measure", ""))):
        await session.measures.choose_unit(task.pid, typed["measure"], unit)
    return edited


class DraftKeeper:
    """Keeps what is typed on the disk at once: a vault that locks asks nobody. One writing at a time, the last wins."""

    def __init__(self, editing: Editing, task: Task, opened: Opened) -> None:
        self._editing = editing
        self._task = task
        self._opened = opened
        self._newest: dict[str, str] | None = None
        self._writing = False

    async def keep(self, typed: Mapping[str, str]) -> None:
        """Keep ``typed``; what does not differ from the record needs no draft."""
        self._newest = dict(typed)
        if self._writing:
            return
        self._writing = True
        try:
            while self._newest is not None:
                newest, self._newest = self._newest, None
                await self._write(newest)
        except MesError as error:  # typing goes on: what stands in the way is told when it is saved
            log_failure("draft", error)
        finally:
            self._writing = False

    async def drop(self) -> None:
        """Forget it."""
        self._newest = None
        await self._editing.drop_draft(self._task.pid, self._task.name)

    async def _write(self, typed: dict[str, str]) -> None:
        if typed == self._opened.values:
            await self._editing.drop_draft(self._task.pid, self._task.name)
        else:
            await self._editing.save_draft(self._task.pid, self._task.name, typed)


def _propose_values(task: Task, now: datetime) -> dict[str, str]:
    values = start_values(task.kind) | find_preset(task.kind, task.about)
    dated = next((asked for asked in list_inputs(task.kind, values) if asked.name == "date"), None)
    if dated is None or task.kind not in _DATED:
        return values
    return values | {"date": type_now(now, timed=dated.kind is InputKind.MOMENT)}


def _name_units(units: Units) -> dict[str, str]:
    return {unit_name(measure): unit for measure, unit in units.items()}


def _complete(kind: Kind, typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, its dates as the record writes them."""
    dates = {asked.name for asked in list_inputs(kind, typed) if asked.kind in _DATES}
    return {name: complete_date(value) if name in dates else value for name, value in typed.items()}
