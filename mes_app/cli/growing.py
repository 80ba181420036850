"""The growth of a child in a terminal: each value with its place between the lines of WHO."""

import argparse
from collections.abc import Iterator
from typing import Any

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.terminal import Terminal
from mes_app.domain.growth_curves import GrowthCurve, GrowthPoint
from mes_app.domain.people import age_on
from mes_app.i18n import t
from mes_app.i18n.growth import growth_age, growth_place
from mes_app.services.growth import Growth
from mes_app.services.session import Session


async def show_growth(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Every value placed, once the weeks of pregnancy at birth are kept if they are given: 0 is at term.

    Raises Rejected("weeks", NOT_A_CHOICE).
    """
    pid = (await choose_profile(session, arguments.profile)).pid
    if arguments.weeks is not None:
        await session.growths.choose_weeks(pid, arguments.weeks or None)
    growth = await session.growths.read(pid)
    terminal.answer(_tell_growth(growth), [*_write_growth(growth)])


def _write_growth(growth: Growth) -> Iterator[str]:
    """A heading for each measure, its values below it, the oldest first; then where the lines come from."""
    if growth.child is None:
        yield t("growth.no_child")
        return
    for curve in growth.curves:
        yield t(f"growth.name_{curve.measure}")
        yield from (f"  {_write_point(curve, point)}" for point in curve.points)
        if not curve.points:
            yield f"  {t('growth.nothing')}"
        if curve.unplaced:
            yield f"  {t('growth.unplaced', count=curve.unplaced)}"
    yield t("growth.source")
    yield t("growth.lines")


def _write_point(curve: GrowthCurve, point: GrowthPoint) -> str:
    value, lived = i18n.quantity(round(point.value, 2), curve.unit), age_on(point.since, point.day)
    age = growth_age(lived.years, lived.months, point.age)
    told = t("growth.corrected", age=age) if point.corrected else age
    facts = [
        told,
        growth_place(point.place.above, point.place.below),
        *([t("growth.computed")] if point.computed else []),
    ]
    return f"{i18n.day(point.day):<18} {value:<12} {', '.join(facts)}"


def _tell_growth(growth: Growth) -> dict[str, Any]:
    """The same for machines; ``source`` says whose lines they are."""
    child = growth.child
    return {
        "source": "WHO Child Growth Standards 2006",
        "birth": child and child.birth,
        "sex": child and child.sex,
        "weeks_at_birth": child and child.weeks,
        "curves": {str(curve.measure): _tell_curve(curve) for curve in growth.curves},
    }


def _tell_curve(curve: GrowthCurve) -> dict[str, Any]:
    return {"unit": curve.unit, "unplaced": curve.unplaced, "points": [_tell_point(point) for point in curve.points]}


def _tell_point(point: GrowthPoint) -> dict[str, Any]:
    return {
        "date": point.day,
        "age_in_days": point.age,
        "corrected": point.corrected,
        "computed": point.computed,
        "value": round(point.value, 3),
        "score": round(point.place.score, 2),
        "percentile": round(point.place.percentile, 1),
    }
