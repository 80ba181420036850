"""Codes of the record as members of our enumerations."""

from enum import StrEnum
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


def choose(choices: type[Choice], code: Any) -> Choice | None:
    """The member of ``choices`` whose value is ``code``; None when there is none."""
    try:
        return choices(code)
    except ValueError:
        return None


def choose_status(choices: type[Choice], code: Any, missing: Choice) -> Choice:
    """The status ``code``: ``missing`` where the record says nothing, UNKNOWN where it says what we do not know."""
    return choose(choices, code or missing) or choices("unknown")
