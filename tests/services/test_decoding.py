from pathlib import Path

import pytest

from mes_app.domain.forms import InputKind, build_entry, list_inputs, start_values
from mes_app.domain.inputs import ADDABLE
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Source
from mes_app.errors import Reason, Rejected
from mes_app.services.decoding import decode_record
from mes_app.services.editing import Editing
from mes_app.services.session import Session
from tests.services.family import tell
from tests.services.pens import NOON, Desk, at_desk
from tests.store.samples import PARENT


def test_an_unknown_record_is_refused_and_never_a_crash(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        for unknown in ("nothing", "", f"{family[0].pid}.9", f"{family[0].pid}.x"):
            with pytest.raises(Rejected) as refused:
                await session.health.entry(unknown)
            assert refused.value.reason is Reason.UNKNOWN_RECORD

    tell(tmp_path, story)


def fill(kind: Kind) -> dict[str, str]:
    """What a form requires and no more."""
    values = start_values(kind) | ({"measure": "weight"} if kind is Kind.MEASURES else {})
    typed = {InputKind.NUMBER: "7", InputKind.DATE: "2019", InputKind.DAY: "01/11/2026", InputKind.MOMENT: "2019"}
    asked = [one for one in list_inputs(kind, values) if one.required and one.name not in values]
    return values | {one.name: next(iter(one.choices), typed.get(one.kind, "Exemple")) for one in asked}


@pytest.mark.parametrize("kind", sorted(ADDABLE))
def test_what_one_declares_tells_who_said_so_and_when(tmp_path: Path, kind: Kind) -> None:
    async def story(desk: Desk) -> None:
        entry = build_entry(kind, fill(kind))
        added = await Editing(desk.pen).add(PARENT.pid, entry, kind, confirmed=True)
        opened = await desk.database.read(decode_record, added.record_id)
        assert opened.source is Source.SELF
        told = opened.recorded or opened.updated
        assert told
        assert told.start == NOON

    at_desk(tmp_path, story)
