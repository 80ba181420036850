"""How profiles are told apart on this device: kept in the vault, told to the screens, and sent to nobody."""

import io
from pathlib import Path

import pytest
from PIL import Image

from mes_app.domain.people import PALETTE, SYMBOLS, Profile
from mes_app.domain.record import Change, Kind
from mes_app.errors import MesError, Reason, Rejected, Unreadable
from mes_app.services.appearances import PORTRAIT_SIDE, Appearances
from mes_app.store.ids import make_id
from mes_app.store.outbox import list_pending
from mes_app.store.profiles import list_profiles, save_profile
from tests.services.pens import Desk, at_desk
from tests.store.samples import CHILD, PARENT


def make_photo() -> bytes:
    """As a camera makes it: lying, with the place where it was taken and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Appareil de Camille"
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), "#336699").save(out, "JPEG", exif=exif, comment=b"chez Camille")
    return out.getvalue()


async def find(desk: Desk, pid: str) -> Profile:
    return next(one for one in await desk.database.read(list_profiles) if one.pid == pid)


def test_a_colour_is_chosen_and_screens_hear_of_it(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        heard: list[frozenset[Change]] = []
        desk.database.subscribe(heard.append)
        await Appearances(desk.database).choose_colour(CHILD.pid, PALETTE[5])
        assert (await find(desk, CHILD.pid)).colour == PALETTE[5]
        assert Change(CHILD.pid, Kind.PEOPLE) in heard[-1]
        assert await desk.database.read(list_pending) == []
        assert desk.edits == 0

    at_desk(tmp_path, story)


def test_a_symbol_a_photo_or_the_initials_stand_for_a_person(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        appearances = Appearances(desk.database)
        await appearances.choose_symbol(CHILD.pid, SYMBOLS[3])
        assert (await find(desk, CHILD.pid)).symbol == SYMBOLS[3]
        await appearances.choose_photo(CHILD.pid, make_photo())
        shown = await find(desk, CHILD.pid)
        assert shown.symbol == ""
        with Image.open(io.BytesIO(shown.photo)) as photo:
            assert (photo.format, photo.size) == ("JPEG", (PORTRAIT_SIDE, PORTRAIT_SIDE))
            assert not photo.getexif()
        assert b"Camille" not in shown.photo
        await desk.database.write(save_profile, shown.model_copy(update={"name": "Autre nom"}))
        assert (await find(desk, CHILD.pid)).photo == shown.photo
        await appearances.choose_symbol(CHILD.pid, "")
        assert (await find(desk, CHILD.pid)).photo == b""

    at_desk(tmp_path, story)


def test_profiles_move_after_the_holder_and_no_further_than_the_ends(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        third = Profile(pid=make_id(), rid="p9", name="Zoé", position=7)
        await desk.database.write(save_profile, third)
        await desk.database.write(save_profile, PARENT.model_copy(update={"holder": True}))
        appearances = Appearances(desk.database)

        async def order() -> list[str]:
            return [one.pid for one in await desk.database.read(list_profiles)]

        for pid, step, expected in (
            (third.pid, -1, [third.pid, CHILD.pid]),
            (third.pid, -1, [third.pid, CHILD.pid]),
            (third.pid, 1, [CHILD.pid, third.pid]),
            (third.pid, 1, [CHILD.pid, third.pid]),
            (PARENT.pid, 1, [CHILD.pid, third.pid]),
        ):
            await appearances.move(pid, step)
            assert await order() == [PARENT.pid, *expected]

    at_desk(tmp_path, story)


def test_what_is_no_choice_no_picture_or_nobody_is_refused(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        appearances = Appearances(desk.database)
        refusals: dict[Reason, MesError] = {}
        for attempt in (
            appearances.choose_colour(CHILD.pid, "#FFFFFF"),
            appearances.choose_symbol(CHILD.pid, "skull"),
            appearances.choose_photo(CHILD.pid, b"%PDF-1.7"),
            appearances.move("nobody", 1),
        ):
            with pytest.raises((Rejected, Unreadable)) as refused:
                await attempt
            refusals[refused.value.reason] = refused.value
        assert refusals.keys() == {Reason.NOT_A_CHOICE, Reason.DAMAGED, Reason.UNKNOWN_RECORD}

    at_desk(tmp_path, story)
