"""How a person makes a profile their own, and the whole app follows at once."""

from pathlib import Path

import flet as ft

from mes_app.domain.people import COLOURS
from mes_app.i18n import t
from mes_app.services.adding import LARGEST_READ
from mes_app.views.widgets.avatars import SYMBOL_ICONS
from tests.services.test_appearances import make_photo
from tests.views.rooms import Rooms, tell


def list_discs(rooms: Rooms, colour: str) -> list[ft.Container]:
    return [disc for disc in rooms.app.all(ft.Container, bgcolor=colour) if disc.shape is ft.BoxShape.CIRCLE]


def has_photo(rooms: Rooms) -> bool:
    return bool(rooms.app.all(ft.TextButton, content=t("appearance.remove_photo")))


def list_names(rooms: Rooms) -> list[str]:
    """The other people in the menu, in order."""
    menu = rooms.app.all(ft.PopupMenuButton)[-1]
    texts = [str(each.value) for each in rooms.app.walk(menu.items) if isinstance(each, ft.Text)]
    return [text for text in texts if text.endswith(" Martin")]


def test_a_profile_gets_its_colour_its_sign_its_photo_and_its_place(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.press(f"^{t('profiles.about')}$")
        await rooms.see(f"^{t('appearance.title')}$")
        await rooms.press(f"^{t('appearance.colour_raspberry')}$")
        await rooms.until(lambda: len(list_discs(rooms, COLOURS["raspberry"])) >= 2)
        assert rooms.app.all(ft.Icon, semantics_label=t("appearance.chosen", name=t("appearance.colour_raspberry")))
        await rooms.press(f"^{t('appearance.symbol_flower')}$")
        await rooms.until(lambda: len(rooms.app.all(ft.Icon, icon=SYMBOL_ICONS["flower"])) >= 3)

        file = {"id": 1, "name": "moi.jpg", "size": 10, "path": None, "bytes": make_photo()}
        rooms.app.client.answers["pick_files"] = [{**file, "size": LARGEST_READ + 1}]
        await rooms.press(f"^{t('appearance.photo')}$")
        await rooms.see(f"^{t('errors.rejected.too_big.what')}$")
        rooms.app.client.answers["pick_files"] = [file]
        await rooms.press(f"^{t('appearance.photo')}$")
        await rooms.until(lambda: has_photo(rooms))
        assert t("errors.rejected.too_big.what") not in rooms.app.texts()
        assert [disc for disc in list_discs(rooms, COLOURS["raspberry"]) if disc.image]
        await rooms.press(f"^{t('appearance.remove_photo')}$")
        await rooms.until(lambda: not has_photo(rooms))

        first, second, *rest = list_names(rooms)
        await rooms.press(f"^{t('appearance.down', name=first)}$")
        await rooms.until(lambda: list_names(rooms) == [second, first, *rest])
        await rooms.see(f"^{t('appearance.holder_first')}$")

    tell(story, tmp_path)
