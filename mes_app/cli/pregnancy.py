"""The booklet of a pregnancy in a terminal: its week, its calendar, the documents of its time."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from mes_app.cli.choosing import choose_profile
from mes_app.cli.prevention import tell_item
from mes_app.cli.terminal import Terminal
from mes_app.i18n import day, t
from mes_app.i18n.pregnancy import pregnancy_end, pregnancy_week
from mes_app.i18n.prevention import prevention_state
from mes_app.services.pregnancies import ToldPregnancy
from mes_app.services.session import Session


async def use_pregnancy(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the pregnancies of a person, once one is hidden or shown again. Raises Rejected("id")."""
    pid, today = (await choose_profile(session, arguments.profile)).pid, date.today()  # noqa: DTZ011 - where one types
    for record_id, hidden in ((arguments.hide, True), (arguments.show, False)):
        if record_id:
            await session.pregnancies.hide(record_id, hidden=hidden)
    booklet = await session.pregnancies.read(pid, today)
    told = booklet.pregnancies if arguments.all else booklet.shown
    lines = [line for one in told for line in _write(one)] or [t("pregnancy.nothing")]
    terminal.answer([_tell(one) for one in told], lines)


def _write(told: ToldPregnancy) -> Iterator[str]:
    entry, advance = told.entry, told.advance
    name = pregnancy_end(entry.status, entry.until.text if entry.until else "")
    yield f"{entry.id} {pregnancy_week(advance.weeks, advance.days) if advance else name}"
    if advance:
        yield f"  {t('pregnancy.month', month=advance.month, trimester=advance.trimester)}"
    if entry.current and entry.beginning and entry.expected:
        yield f"  {t('pregnancy.beginning', day=day(entry.beginning))}"
        yield f"  {t('pregnancy.expected', day=day(entry.expected))}"
    for item in told.steps:
        state = prevention_state(item.state, item.due, item.done)
        yield f"  {item.id:<17} {t(f'prevention.state_{item.state}'):<18} {item.title} : {state}"
    if told.steps:
        yield f"  {t('pregnancy.told')}"


def _tell(told: ToldPregnancy) -> dict[str, Any]:
    """The same for machines."""
    entry, advance = told.entry, told.advance
    return {
        "id": entry.id,
        "status": entry.status,
        "until": entry.until and entry.until.text,
        "beginning": entry.beginning,
        "expected": entry.expected,
        "weeks": advance and advance.weeks,
        "days": advance and advance.days,
        "month": advance and advance.month,
        "hidden": told.hidden,
        "steps": [tell_item(item) for item in told.steps],
        "documents": [row.id for row in told.documents],
    }
