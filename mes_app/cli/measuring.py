"""Take measures away, or bring those of a device, an app or another record."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.files import write_file
from mes_app.cli.terminal import Terminal
from mes_app.domain.measure_columns import Column, Role
from mes_app.domain.measure_tables import Fault, Reading, Sheet, lay_out
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.written_numbers import read_unit
from mes_app.errors import Reason, Rejected
from mes_app.i18n import find, t
from mes_app.i18n.explanations import explain
from mes_app.i18n.origins import word_origin
from mes_app.services.importing import Picked
from mes_app.services.measure_imports import FoundMeasures, MeasurePlan
from mes_app.services.session import Session

MOST_TOLD = 50


async def use_measures(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Export all measures of one person, or those of one kind; or import."""
    pid = (await choose_profile(session, arguments.profile)).pid
    if arguments.action == "import":
        await _import(session, pid, arguments, terminal)
        return
    written = await session.measure_exports.write(pid, arguments.measure, arguments.format)
    write_file(arguments.file, written.data)
    told = {"file": str(arguments.file), "size": len(written.data), "measures": written.count}
    saved = t("cli.saved", file=arguments.file, size=i18n.size(len(written.data)))
    terminal.answer(told, [saved, t("measures.exported", count=written.count)])


async def _import(session: Session, pid: str, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """What is new and can be believed is added, after a yes; told alone where none is given.

    A machine is never asked: it says ``--yes``, or is told what would be done. Raises Rejected("column", MISSING) where
    something has to be asked about a table.
    """
    found = await session.measure_imports.look([Picked(path.name, path) for path in arguments.files])
    found = _settle(found, arguments)
    if (rank := found.find_unclear()) is not None:
        for line in _ask(found.sheets[rank]):
            terminal.say(line)
        raise Rejected("column", Reason.MISSING)
    plan = await session.measure_imports.plan(pid, found, terminal.report)
    chosen = [rank for rank, reading in enumerate(plan.readings) if arguments.doubtful or not reading.doubt]
    told = _tell_plan(plan, chosen)
    if not arguments.yes:
        lines = [*_write_plan(plan), t("measure_files.add", count=len(chosen))]
        agreed = bool(chosen) and not terminal.json and terminal.ask_consent([*lines, t("measure_files.ask")])
        if not agreed:
            given_up = [t("measure_files.given_up")] if chosen else [*lines, t("measure_files.nothing")]
            terminal.answer(told | {"added": 0}, given_up)
            return
    done = await session.measure_imports.run(plan, chosen, word_origin, terminal.report)
    lines = [t("measure_files.added", count=done.added), *([t("cli.written")] if done.added else [])]
    left = [t("measure_files.left", count=done.left)] if done.left else []
    terminal.answer(told | {"added": done.added, "left": done.left}, [*_write_plan(plan), *lines, *left])
    if done.ended:
        raise done.ended


def _settle(found: FoundMeasures, arguments: argparse.Namespace) -> FoundMeasures:
    """With the columns and the order of dates that are told."""
    for rank, sheet in enumerate(found.sheets):
        layout = list(sheet.layout)
        for role, name in arguments.columns:
            layout[_find_column(sheet, name)] = _read_role(role)
        settled = lay_out(sheet, tuple(layout)) if arguments.columns else sheet
        found = found.settle(rank, replace(settled, order=arguments.dates or settled.order))
    return found


def _find_column(sheet: Sheet, name: str) -> int:
    """By its name, or by its number from 1 on. Raises Rejected("column", NOT_A_CHOICE)."""
    if name in sheet.header:
        return sheet.header.index(name)
    if name.isdecimal() and 1 <= int(name) <= sheet.width:
        return int(name) - 1
    raise Rejected("column", Reason.NOT_A_CHOICE)


def _read_role(text: str) -> Column:
    """``date``, ``weight``, ``glucose:mmol/L``… Raises Rejected("column", NOT_A_CHOICE)."""
    name, _, unit = text.partition(":")
    if name in [*MeasureType]:
        return Column(Role.VALUE, MeasureType(name), read_unit(unit))
    if name in [*Role]:
        return Column(Role(name), MeasureType.BLOOD_PRESSURE if name == Role.DIASTOLIC else None)
    raise Rejected("column", Reason.NOT_A_CHOICE)


def _ask(sheet: Sheet) -> Iterator[str]:
    yield f"{sheet.name}: {t('measure_files.lacking')}"
    for rank, column in enumerate(sheet.layout):
        name = sheet.header[rank] if rank < len(sheet.header) else ""
        said = column.measure if column.role is Role.VALUE and column.measure else column.role
        cells = [line.cells[rank] for line in sheet.lines[:3] if rank < len(line.cells)]
        yield f"  {rank + 1:>3}  {said:<14} {name}  ({' | '.join(cells)})"


def _tell_plan(plan: MeasurePlan, chosen: list[int]) -> dict[str, Any]:
    return {
        "found": {name: len(group.ranks) for name, group in plan.groups.items()},
        "chosen": len(chosen),
        "doubtful": [_tell_reading(plan.readings[rank]) for rank in plan.doubtful],
        "faults": [{"line": fault.line, "reason": fault.reason, "told": fault.told} for fault in plan.faults],
        "duplicates": plan.duplicates,
        "empty": plan.empty,
        "people": list(plan.people),
        "unknown": list(plan.found.unknown),
        "unreadable": [{"name": name, "reason": error.reason} for name, error in plan.found.faulty],
    }


def _tell_reading(reading: Reading) -> dict[str, Any]:
    return {
        "line": reading.line,
        "measure": reading.measure or reading.title,
        "date": reading.date,
        "value": reading.value,
        "value2": reading.value2,
        "unit": reading.unit,
    }


def _write_plan(plan: MeasurePlan) -> Iterator[str]:
    for name, group in plan.groups.items():
        when = i18n.span(group.first[1], group.last[1])
        counted = t("measure_files.group", count=len(group.ranks), when=when)
        yield f"{find(f'sections.measures.measure_{name}') or name} · {counted}"
    if plan.doubtful:
        yield t("measure_files.doubtful")
        yield from (f"  {_write_reading(plan.readings[rank])}" for rank in plan.doubtful[:MOST_TOLD])
    yield from (_write_fault(fault) for fault in plan.faults[:MOST_TOLD])
    for count, word in ((plan.duplicates, "duplicates"), (plan.empty, "empty"), (len(plan.found.unknown), "unknown")):
        if count:
            yield t(f"measure_files.{word}", count=count)
    yield from (f"{name}: {explain(error).what}" for name, error in plan.found.faulty)
    if plan.people:
        yield t("measure_files.people", names=", ".join(plan.people))


def _write_reading(reading: Reading) -> str:
    value = i18n.quantity(reading.value, reading.unit, reading.value2) if reading.value is not None else reading.text
    name = find(f"sections.measures.measure_{reading.measure}") if reading.measure else reading.title
    return f"{reading.line}  {name}  {value}  {i18n.partial(reading.date)}"


def _write_fault(fault: Fault) -> str:
    reason = find(f"measure_files.reasons.{fault.reason}") or t("measure_files.reasons.unreadable")
    if fault.told:
        return t("measure_files.fault_told", number=fault.line, told=fault.told, reason=reason)
    return t("measure_files.fault", number=fault.line, reason=reason)
