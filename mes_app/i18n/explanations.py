"""What an error says to a person: what happened and what is safe, then what to do next. Nothing else words errors."""

import re
from dataclasses import dataclass
from datetime import timedelta

from babel.dates import format_timedelta

from mes_app.errors import Locked, MesError
from mes_app.i18n.catalogue import locale, t


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two sentences or so each, ready to show."""

    what: str
    next: str


def explain(error: MesError) -> Explanation:
    """The words of ``error`` in the current language; waits are told in seconds, minutes or hours."""
    key = f"errors.{_snake(type(error).__name__)}.{error.reason}"
    waits = {name: _duration(error.facts[name]) for name in ("after", "wait") if name in error.facts}
    step = "later" if isinstance(error, Locked) and error.wait else "next"
    return Explanation(what=t(f"{key}.what"), next=t(f"{key}.{step}", **waits))


def _duration(seconds: float | str) -> str:
    return format_timedelta(timedelta(seconds=float(seconds)), threshold=1, locale=locale()).replace(" ", "\xa0")


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
