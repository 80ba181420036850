from pathlib import Path

from mes_app.domain.archives import ArchivedAvatar, ArchivedSettings
from mes_app.domain.people import PALETTE, Profile
from mes_app.domain.record import Change, Kind
from mes_app.services.personal_settings import describe_settings, put_setting, read_settings
from mes_app.store.ids import make_id
from mes_app.store.profiles import get_profile, save_profile
from tests.services.pens import Desk, at_desk
from tests.store.samples import CHILD, PARENT

OTHER = Profile(pid=make_id(), name="Nour Martin", position=5)


def test_the_holder_has_no_other_place_than_the_first_and_the_others_theirs(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        read, write = desk.database.read, desk.database.write
        await write(save_profile, OTHER)
        assert "position" not in await read(read_settings, PARENT)
        await write(put_setting, OTHER.pid, "position", 0)
        assert (await read(read_settings, await read(get_profile, OTHER.pid)))["position"] == 0
        assert (await read(read_settings, await read(get_profile, CHILD.pid)))["position"] == 1
        await write(put_setting, PARENT.pid, "position", 7)
        assert "position" not in await read(read_settings, await read(get_profile, PARENT.pid))

    at_desk(tmp_path, story)


def test_whoever_changed_or_went_since_they_were_read_is_no_matter(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        renamed = CHILD.model_copy(update={"name": "Léo Durand"})
        assert (await desk.database.read(read_settings, renamed))["position"] == 0
        assert await desk.database.read(read_settings, OTHER) == {"colour": OTHER.colour}

    at_desk(tmp_path, story)


def test_what_is_set_is_told_to_every_screen_and_can_be_unset(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        heard: list[frozenset[Change]] = []
        desk.database.subscribe(heard.append)
        await desk.database.write(put_setting, CHILD.pid, "weeks_at_birth", 34)
        assert heard[-1] == {Change(CHILD.pid, kind) for kind in Kind}
        assert (await desk.database.read(read_settings, CHILD))["weeks_at_birth"] == 34
        await desk.database.write(put_setting, CHILD.pid, "weeks_at_birth", None)
        assert "weeks_at_birth" not in await desk.database.read(read_settings, CHILD)

    at_desk(tmp_path, story)


def test_an_archive_is_told_of_its_own_records_alone_and_where_the_photo_is(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        inside, outside = make_id(), make_id()
        await desk.database.write(put_setting, PARENT.pid, "pregnancies_hidden", [inside, outside])
        await desk.database.write(put_setting, PARENT.pid, "prevention_denied", [["mat-echo-1", outside]])
        await desk.database.write(put_setting, PARENT.pid, "colour", PALETTE[2])
        now = await desk.database.read(get_profile, PARENT.pid)
        assert await desk.database.read(describe_settings, now, {inside}, "Camille/photo.jpg") == ArchivedSettings(
            colour=PALETTE[2],
            avatar=ArchivedAvatar(photo="Camille/photo.jpg"),
            pregnancies_hidden=(f"urn:uuid:{inside}",),
        )

    at_desk(tmp_path, story)
