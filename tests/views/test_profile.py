"""Who a profile is about: what is verified is read, how the person is reached is changed."""

import flet as ft
import pytest

from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from tests.views.protection import ProtectedSession
from tests.views.writing import Desk, write

CAMILLE = ContactDetails(id="patient", mobile="06 39 98 10 24", email="c.martin@famille.example", city="Lyon")


def know(session: ProtectedSession) -> None:
    session.health.opened["patient"] = CAMILLE


def test_the_menu_of_a_person_leads_to_who_they_are_and_how_they_are_reached() -> None:
    async def story(desk: Desk) -> None:
        ways = {
            text.value: item
            for item in desk.house.all(ft.PopupMenuItem)
            for text in desk.house.app.walk(item)
            if isinstance(text, ft.Text)
        }
        await desk.house.app.click(ways[t("profiles.about")])
        assert desk.house.app.page.route == routes.person("p0")
        told = " ".join(desk.house.app.texts())
        reached = ("06 39 98 10 24", "c.martin@famille.example", "Lyon")
        for words in (*reached, "12 juil. 1988", t("profiles.identity_told")):
            assert words in told, words
        assert not desk.house.sees("forms.delete")

    write(story, prepare=know)


@pytest.mark.parametrize("width", [390, 1280])
def test_how_a_person_is_reached_is_changed_in_a_form_and_shown_again(width: int) -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.person("p0"))
        await desk.house.press("forms.change")
        assert not desk.house.sees("app.draw_failed")
        await desk.fill("sections.people.email", "camille@famille.example")
        await desk.fill("sections.people.mobile", "0639980000")
        await desk.save()
        ((record_id, entry, _),) = desk.editing.changed
        assert record_id == "patient"
        assert entry == CAMILLE.model_copy(update={"email": "camille@famille.example", "mobile": "06 39 98 00 00"})
        assert desk.house.app.page.route == routes.person("p0")

    write(story, prepare=know, width=width)


def test_nobody_is_added_by_a_form_and_one_not_read_yet_says_so() -> None:
    async def story(desk: Desk) -> None:
        await desk.house.go(routes.form("p0", Kind.PEOPLE, routes.NEW))
        assert desk.house.sees("forms.read_only.not_writable")
        await desk.house.go(routes.person("p1"))
        assert desk.house.sees("profiles.identity_none")

    write(story, prepare=know)
