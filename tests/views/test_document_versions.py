"""From a document to the version before it and back."""

from pathlib import Path

import flet as ft

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell
from tests.views.test_documents import DOCUMENTS


def test_z11_a_replaced_document_leads_to_the_newer_version_and_back(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(DOCUMENTS)
        await rooms.app.type(rooms.app.one(ft.TextField), "TSH lipides")
        await rooms.press("^Biologie : contrôle de la TSH et des lipides$")
        await rooms.press(t("reading.previous_version"))
        await rooms.see("résultats partiels")
        await rooms.press(t("reading.newer_version"))
        await rooms.until(lambda: any(t("reading.previous_version") == b.content for b in rooms.app.all(ft.TextButton)))

    tell(story, tmp_path)
