from datetime import UTC, datetime
from pathlib import Path

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.sections import SECTIONS
from mes_app.errors import Rejected
from mes_app.pdf.wordings import describe_entries
from mes_app.services.editing import Editing
from mes_app.services.linking import Linking
from mes_app.services.remarks import Remarks
from mes_app.services.summaries import gather_summary
from mes_app.store.database import Connection
from tests.services.pens import Desk, at_desk
from tests.services.test_editing import receive
from tests.services.test_linking import DIAGNOSED, PILL, add_document
from tests.store.samples import PARENT

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_every_section_is_gathered_and_whose_it_is(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        summary = await desk.database.read(gather_summary, "child", NOW)
        assert (summary.profile.name, summary.made_by, summary.made_at) == ("Léo Martin", "Camille Martin", NOW)
        assert list(summary.sections) == list(SECTIONS)
        assert summary.sections[Kind.ALLERGIES].entries == ()

    at_desk(tmp_path, story)


def test_of_nobody_there_is_none(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(Rejected):
            await desk.database.read(gather_summary, "nobody", NOW)

    at_desk(tmp_path, story)


def test_what_is_linked_to_an_entry_and_reported_of_it_stands_beside_it_less_what_is_hidden(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        pill = (await Editing(desk.pen).add(PARENT.pid, PILL, Kind.TREATMENTS)).record_id
        illness = await desk.database.write(receive, DIAGNOSED)
        hidden = await add_document(desk, "Masqué")
        await desk.database.write(hide, hidden)
        for other in (illness.id, hidden):
            await Linking(desk.pen).link(pill, other)
        await Remarks(desk.pen).report(illness.id, "Ce n’était pas moi.")
        sections = (await desk.database.read(gather_summary, PARENT.pid, NOW)).sections
        assert [row.title for row in sections[Kind.TREATMENTS].beside[pill].links] == ["Angine"]
        beside = sections[Kind.CONDITIONS].beside[illness.id]
        assert [row.title for row in beside.links] == ["Lévothyroxine"]
        (line,) = describe_entries(Kind.CONDITIONS, sections[Kind.CONDITIONS])
        assert line.details.replace("\u00a0", " ").endswith(
            "Relié à : Lévothyroxine (ven. 20 nov. 2026) · Erreur signalée le ven. 20 nov. 2026 : Ce n’était pas moi."
        )

    def hide(con: Connection, record_id: str) -> None:
        con.execute("UPDATE res SET hidden = 1 WHERE lid = ?", (record_id,))

    at_desk(tmp_path, story)
