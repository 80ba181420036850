"""How a professional or a relative is reached from what the record says of them."""

import flet as ft

from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections.contacts import Contact
from mes_app.domain.sections.professionals import Professional
from mes_app.i18n import t
from mes_app.views import routes
from tests.views.desks import FakeHealth
from tests.views.protection import ProtectedSession
from tests.views.writing import Desk, write

GARCIA = Professional(
    id="g1",
    name="Dr Inès Garcia",
    phones=("04 72 00 00 09 (matin)",),
    emails=("ines@medecin.mssante.fr", "cabinet+1@example.fr?cc=x", "cabinet@example.fr", "au cabinet"),
    address="3 place des Platanes, 69003 Lyon",
)


def list_ways(desk: Desk) -> dict[object, object]:
    """What each button opens or copies, by its words."""
    found: dict[object, object] = {}
    for button in desk.house.all(ft.OutlinedButton):
        match button.action:
            case ft.OpenUrl(url=link):
                found[button.content] = link
            case ft.CopyToClipboard(data=words):
                found[button.content] = words
    return found


def open_entry(kind: Kind, entry: Entry) -> dict[object, object]:
    found: dict[object, object] = {}

    def prepare(session: ProtectedSession) -> None:
        session.health = FakeHealth(opened={entry.id: entry})

    async def story(desk: Desk) -> None:
        await desk.house.go(routes.entry("p0", kind, entry.id))
        found.update(list_ways(desk))
        assert desk.house.sees("reaching.mssante") == (entry is GARCIA)

    write(story, prepare=prepare)
    return found


def test_a_professional_is_called_written_to_or_copied_and_links_hold_nothing_else() -> None:
    odd = "cabinet+1@example.fr?cc=x"
    assert open_entry(Kind.PROFESSIONALS, GARCIA) == {
        t("reaching.call", phone=GARCIA.phones[0]): "tel:0472000009",
        t("reaching.copy", what="ines@medecin.mssante.fr"): "ines@medecin.mssante.fr",
        t("reaching.write", address=odd): "mailto:cabinet%2B1@example.fr%3Fcc%3Dx",
        t("reaching.write", address="cabinet@example.fr"): "mailto:cabinet@example.fr",
        t("reaching.copy", what="au cabinet"): "au cabinet",
        t("reaching.copy", what=GARCIA.address): GARCIA.address,
    }


def test_somebody_around_is_reached_the_same_way_and_nobody_where_nothing_is_told() -> None:
    alex = Contact(id="a1", name="Alex", phones=("06 99 00 12 34",))
    assert open_entry(Kind.CONTACTS, alex) == {t("reaching.call", phone="06 99 00 12 34"): "tel:0699001234"}
    assert open_entry(Kind.CONTACTS, alex.model_copy(update={"phones": ()})) == {}
