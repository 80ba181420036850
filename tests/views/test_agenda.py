"""The agenda and one appointment."""

from pathlib import Path

from mes_app.i18n import t
from tests.views.rooms import Rooms, tell

AGENDA = 3


def test_an_appointment_opens_to_its_place_and_its_state_in_words(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(AGENDA)
        await rooms.press("^Contrôle dentaire annuel$")
        await rooms.see(f"^{t('sections.appointments.place')}$")
        await rooms.see(f"^{t('sections.appointments.status_booked').capitalize()}$")

    tell(story, tmp_path)


def test_what_is_past_comes_below_with_its_day(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.go(AGENDA)
        await rooms.see("^Prise de sang$")
        texts = rooms.app.texts()
        assert texts.index(t("agenda.past")) < texts.index("Prise de sang")

    tell(story, tmp_path)
