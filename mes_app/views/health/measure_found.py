"""What a file of measures holds, before anything is added: what can be believed, what is to be checked, the rest."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import flet as ft

from mes_app.domain.measure_tables import Fault, Reading
from mes_app.i18n import find, partial, quantity, span, t
from mes_app.i18n.explanations import explain
from mes_app.services.measure_imports import MeasurePlan
from mes_app.views.health.words import name_measure
from mes_app.views.widgets.cards import card, notice_card
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.texts import body, muted, section_title

MOST_SHOWN = 100
"""Rows of each part."""


@dataclass(frozen=True)
class Chosen:
    """The measures that are to be added, and the ranks of those hard to believe that are to be added too."""

    groups: frozenset[str] = frozenset()
    doubtful: frozenset[int] = frozenset()

    def count(self, plan: MeasurePlan) -> int:
        """How many readings of ``plan`` these are."""
        return sum(len(group.ranks) for name, group in plan.groups.items() if name in self.groups) + len(self.doubtful)

    def list_ranks(self, plan: MeasurePlan) -> list[int]:
        """Their ranks in ``plan``."""
        sure = (rank for name, group in plan.groups.items() if name in self.groups for rank in group.ranks)
        return sorted([*sure, *self.doubtful])


def found_cards(plan: MeasurePlan, chosen: Chosen, choose: Callable[[Chosen], None]) -> list[ft.Control]:
    """A card for each part that has something in it, under what is to be known first."""
    parts = [
        notice_card(t("measure_files.people", names=", ".join(plan.people))) if plan.people else None,
        _sure_card(plan, chosen, choose),
        _doubtful_card(plan, chosen, choose),
        _faults_card(plan),
        *(muted(words) for words in _tell_rest(plan)),
    ]
    return [part for part in parts if part]


def _sure_card(plan: MeasurePlan, chosen: Chosen, choose: Callable[[Chosen], None]) -> ft.Control | None:
    if not plan.groups:
        return None

    def row(name: str) -> ft.Control:
        group = plan.groups[name]

        def mark(given: bool) -> None:
            groups = chosen.groups | {name} if given else chosen.groups - {name}
            choose(replace(chosen, groups=groups))

        when = span(group.first[1], group.last[1])
        some = " · ".join(_tell_value(plan.readings[rank]) for rank in group.ranks[:3])
        told = f"{t('measure_files.group', count=len(group.ranks), when=when)}\n{some}"
        return consent(name_measure(name), mark, given=name in chosen.groups, told=told, key=name)

    title = section_title(t("measure_files.sure"))
    return card(ft.Column([title, *map(row, plan.groups)], spacing=8))


def _doubtful_card(plan: MeasurePlan, chosen: Chosen, choose: Callable[[Chosen], None]) -> ft.Control | None:
    if not plan.doubtful:
        return None

    def row(rank: int) -> ft.Control:
        def mark(given: bool) -> None:
            doubtful = chosen.doubtful | {rank} if given else chosen.doubtful - {rank}
            choose(replace(chosen, doubtful=doubtful))

        reading = plan.readings[rank]
        told = " · ".join([t("measure_files.line", number=reading.line), partial(reading.date)])
        words = f"{name_measure(reading.measure or reading.title)} : {_tell_value(reading)}"
        return consent(words, mark, given=rank in chosen.doubtful, told=told, key=str(rank))

    title = section_title(f"{t('measure_files.doubtful')} ({len(plan.doubtful)})")
    rows = [row(rank) for rank in plan.doubtful[:MOST_SHOWN]]
    told = muted(t("measure_files.doubtful_told"))
    return card(ft.Column([title, told, *rows, *_more(len(plan.doubtful))], spacing=8))


def _faults_card(plan: MeasurePlan) -> ft.Control | None:
    lines = [_tell_fault(fault) for fault in plan.faults[:MOST_SHOWN]]
    if not lines:
        return None
    title = section_title(f"{t('measure_files.faults')} ({len(plan.faults)})")
    return card(ft.Column([title, *map(body, lines), *_more(len(plan.faults))], spacing=8))


def _more(count: int) -> list[ft.Control]:
    return [muted(t("measure_files.more", count=count - MOST_SHOWN))] if count > MOST_SHOWN else []


def _tell_fault(fault: Fault) -> str:
    reason = find(f"measure_files.reasons.{fault.reason}") or t("measure_files.reasons.unreadable")
    if fault.told:
        return t("measure_files.fault_told", number=fault.line, told=fault.told, reason=reason)
    return t("measure_files.fault", number=fault.line, reason=reason)


def _tell_rest(plan: MeasurePlan) -> list[str]:
    """What was left aside, and what is to be known of the rest."""
    counts = {"duplicates": plan.duplicates, "empty": plan.empty, "unknown": len(plan.found.unknown)}
    return [
        *(t(f"measure_files.{word}", count=count) for word, count in counts.items() if count),
        *(f"{name} : {explain(error).what}" for name, error in plan.found.faulty),
        *([t("measure_files.hours")] if plan.found.sheets else []),
        *([t("measure_files.own")] if any(reading.origin for reading in plan.readings[:MOST_SHOWN]) else []),
    ]


def _tell_value(reading: Reading) -> str:
    if reading.value is None:
        return reading.text
    return quantity(reading.value, reading.unit, reading.value2)
