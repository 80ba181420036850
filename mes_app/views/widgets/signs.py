"""Signs that somebody uses the app, where nothing else would be told of it."""

READING_INTERVAL = 2_000
"""Milliseconds between two signs that somebody scrolls."""


def note_sign() -> None:
    """The handler of a sign: without one Flet's client tells nothing, and that it is told is enough."""
