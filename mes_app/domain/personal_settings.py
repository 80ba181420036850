"""What only a device knows of a person, under the names and in the shapes in which it is kept there.

Whoever writes an archive may write anything: of what it tells nothing is kept but what this app understands.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mes_app.domain.growth import EARLY_WEEKS
from mes_app.domain.measure_types import find_measure
from mes_app.domain.people import PALETTE, SYMBOLS
from mes_app.domain.pregnancies import list_rule_ids
from mes_app.domain.prevention import Choice
from mes_app.domain.units import list_units

AVATAR, COLOUR, POSITION = "avatar", "colour", "position"
"""The names of how a profile looks; the place is that after the holder."""

_MARKS, _DENIED, _HIDDEN = "prevention", "prevention_denied", "pregnancies_hidden"


def judge_setting(name: str, value: Any) -> Any:
    """What of ``value`` this app understands, an avatar by its symbol; None where it is nothing."""
    judge = _JUDGES.get(name)
    return judge(value) if judge else value


def name_records(name: str, value: Any, rename: Callable[[str], str | None]) -> Any:
    """``value`` with its records named by ``rename``, without those for which it has none; None where none is left."""
    if name == _DENIED:
        return [[rule, found] for rule, record in value if (found := rename(record))] or None
    if name == _HIDDEN:
        return [found for record in value if (found := rename(record))] or None
    return value


def bound_days(name: str, value: Any, today: date) -> Any:
    """``value`` with nothing said on a day to come: the clock of another device may be wrong."""
    if name != _MARKS:
        return value
    return {rule: [choice, min(day, today.isoformat())] for rule, (choice, day) in value.items()}


def merge_setting(name: str, mine: Any, theirs: Any) -> Any:
    """What is set in two records: ``theirs``, and what it does not know of ``mine``, which is on its way to it."""
    if mine is None or theirs is None:
        return mine if theirs is None else theirs
    if is_whole(name, theirs):
        return theirs
    return mine | theirs if isinstance(theirs, dict) else [*theirs, *(each for each in mine if each not in theirs)]


def is_whole(name: str, value: object) -> bool:
    """Whether it is set as one thing, although it may be kept in parts: of two, one stays."""
    return name == AVATAR or not isinstance(value, dict | list)


def _judge_avatar(value: Mapping[str, str]) -> dict[str, str] | None:
    symbol = value.get("symbol")
    return {"symbol": symbol} if symbol in SYMBOLS else None


def _judge_units(value: Mapping[str, str]) -> dict[str, str] | None:
    measures = {name: find_measure(name) for name in value}
    return {name: value[name] for name, known in measures.items() if known and value[name] in list_units(known)} or None


def _judge_marks(value: Mapping[str, list[str]]) -> dict[str, list[str]] | None:
    rules = list_rule_ids()
    return {rule: mark for rule, mark in value.items() if rule in rules and mark[0] in [*Choice]} or None


def _judge_denials(value: list[list[str]]) -> list[list[str]] | None:
    rules = list_rule_ids()
    return [pair for pair in value if pair[0] in rules] or None


_JUDGES: dict[str, Callable[[Any], Any]] = {
    AVATAR: _judge_avatar,
    COLOUR: lambda value: value if value in PALETTE else None,
    "units": _judge_units,
    "weeks_at_birth": lambda value: value if value in EARLY_WEEKS else None,
    _MARKS: _judge_marks,
    _DENIED: _judge_denials,
}
