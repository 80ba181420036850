"""Habits of life: tobacco, alcohol, activity, food, sleep, screens."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Habit(Entry):
    """One statement about a habit and when it held."""

    topic: Coded
    answer: str | None = None
    date: PartialDate | None = None
