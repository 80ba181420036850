"""A long list of documents is scrolled from its first row to its last, and the screen is full of rows all along."""

import asyncio
import io
from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image

from mes_app.bootstrap import make_carnets
from mes_app.config import read_config
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Overview
from mes_app.store import profiles
from mes_app.store.database import Connection
from mes_app.store.pages import Incoming, save_page
from mes_app.sync.conflicts import merge_versions
from tests.e2e.browser import PHONE, Screen, open_browser
from tests.e2e.dossiers import open_dossier
from tests.journeys.devices import PASSPHRASE, Device

DOCUMENTS = 1_500
PID = "somebody"
OLDEST = "Compte rendu n° 0"
ROWS = (60, 260, 330, 760)
"""Where a phone shows rows and nothing else: below the categories, left of « Ajouter », above the navigation."""
TURN, SLOWEST = 900, 40
"""Pixels of one turn of the wheel, more than is seen at once; how many turns may bring nothing new."""
LEAST_ROW, GAP = 64, 80
"""Pixels of a row at least; pixels with nothing on them, more than are between two rows or around a heading."""


def make_document(number: int) -> Incoming:
    day = f"{2010 + number // 100}-{1 + number % 100 // 9:02}-{1 + number % 9 * 3:02}"
    overview = Overview(
        kind=Kind.DOCUMENTS,
        title=f"Compte rendu n° {number}",
        subtitle="Dr Karim Benali",
        date_text=day,
        date_key=f"{day}T00:00:00Z",
        category="CPT_REND",
        search=f"compte rendu n° {number} dr karim benali",
    )
    return Incoming("DocumentReference", f"d{number}", "1", f"{day}T00:00:00Z", b"{}", overview)


def fill(con: Connection) -> None:
    profiles.save_profile(con, Profile(pid=PID, name="Camille Martin"))
    save_page(con, PID, [make_document(number) for number in range(DOCUMENTS)], merge=merge_versions)


async def make_vault(folder: Path) -> None:
    carnets = make_carnets(read_config(folder))
    session = await carnets.vault.create(PASSPHRASE)
    await session.indexing._database.write(fill)
    await carnets.vault.lock()


def find_gap(picture: Image.Image) -> int:
    """The height of the largest stretch of rows of pixels that are all of one colour."""
    rows = picture.crop(ROWS).convert("L")
    lines = (rows.crop((0, y, rows.width, y + 1)).getextrema() for y in range(rows.height))
    plain = [low == high for low, high in lines]
    return max((len(list(run)) for empty, run in groupby(plain) if empty), default=0)


def scroll_through(screen: Screen) -> list[int]:
    """Turn the wheel until nothing moves any more; the largest gap of each picture on the way."""
    page = screen.page
    page.mouse.move(200, 500)
    gaps, former, still = [], b"", 0
    while still < SLOWEST:
        page.mouse.wheel(0, TURN)
        taken = page.screenshot()
        still = still + 1 if taken == former else 0
        gaps += [find_gap(Image.open(io.BytesIO(taken)))] if not still else []
        former = taken
    return gaps


@pytest.mark.browser
@pytest.mark.soak
def test_scrolling_through_all_rows_never_shows_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device(tmp_path / "phone")
    for name, value in device.environment.items():
        monkeypatch.setenv(name, value)
    asyncio.run(make_vault(device.app.data))
    with open_browser() as browser, open_dossier(browser, device, PHONE) as dossier:
        dossier.screen.see(f"Compte rendu n° {DOCUMENTS - 1}")
        gaps = scroll_through(dossier.screen)
        dossier.screen.see(OLDEST)
        assert len(gaps) > DOCUMENTS * LEAST_ROW // TURN
        assert max(gaps) < GAP
