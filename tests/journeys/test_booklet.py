"""The booklet of a child on two devices: pages, teeth and photos go to the server and come from it."""

import asyncio
from pathlib import Path

import pytest
from pypdf import PdfReader

from mes_app.bootstrap import make_carnets
from mes_app.config import read_config
from mes_app.domain.people import Profile
from mes_app.services.session import Session
from tests.journeys.backend import run_backend
from tests.journeys.devices import ALEX_SECRET, LEO, PASSPHRASE, SETTLED, Device
from tests.services.family import image

NOTE = {"page": "8 à 9 ans", "date": "2026-09-15", "text": "Le vélo sans les mains."}


def add_photo(device: Device) -> None:
    """To the page of that age, as the screen does it."""

    async def run() -> None:
        carnets = make_carnets(read_config(device.app.data), brief=True)
        session: Session = await carnets.vault.unlock(PASSPHRASE)
        try:
            (leo,) = [found for found in await session.profiles.list() if is_leo(found)]
            await session.booklets.add_photos(leo.pid, "exam-18", [image("JPEG")])
        finally:
            await carnets.vault.lock()

    asyncio.run(run())


def is_leo(profile: Profile) -> bool:
    return profile.name.startswith("Léo")


@pytest.mark.soak
def test_a_page_its_photo_and_a_tooth_are_printed_on_the_device_of_the_other_parent(tmp_path: Path) -> None:
    with run_backend() as backend:
        one, other = Device(tmp_path / "one"), Device(tmp_path / "two")
        one.sign_in(backend, "camille.martin")
        one.sync()
        one.write("add", "pages", *LEO, values=NOTE)
        one.write("add", "teeth", *LEO, values={"tooth": "55", "until": "2026-10"})
        add_photo(one)
        assert one.sync() == SETTLED
        other.sign_in(backend, "alex.martin", ALEX_SECRET)
        assert other.sync() == SETTLED
        printed = tmp_path / "carnet.pdf"
        other.ask("booklet", "-o", str(printed), *LEO)
    pages = PdfReader(printed).pages
    words = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert NOTE["text"] in words
    assert "Deuxième molaire supérieure droite (55)" in words
    assert sum(len(page.images) for page in pages) == 1
