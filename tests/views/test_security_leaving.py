"""Leaving: said in full, asked for twice, by the owner only; what is not sent is listed and can be taken along."""

import flet as ft

from mes_app.errors import Offline
from mes_app.i18n import t
from mes_app.services.vault import VaultState
from mes_app.views import routes
from tests.views import fakes
from tests.views.protection import UNSENT, House, ProtectedSession, tell


def test_l4_signing_out_asks_the_code_and_keeps_the_records() -> None:
    async def story(house: House) -> None:
        await house.go(routes.LEAVING)
        await house.tap("security.leaving.sign_out")
        await house.press("security.leaving.sign_out_confirm")
        assert house.session.syncing.known
        await house.enter(fakes.PIN, "security.confirm.go_on")
        assert house.session.syncing.known is None
        assert house.sees("security.leaving.signed_out")
        assert not house.sees("security.leaving.signed_out_untold")
        assert house.vault.state() is VaultState.OPEN

    tell(story)


def test_signing_out_without_a_network_is_done_here_and_says_so() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.ways.proved = True
        session.syncing.untold = Offline()  # type: ignore[attr-defined]

    async def story(house: House) -> None:
        await house.go(routes.LEAVING)
        await house.tap("security.leaving.sign_out")
        await house.press("security.leaving.sign_out_confirm")
        assert house.sees("security.leaving.signed_out_untold")

    tell(story, prepare=prepare)


def test_l4_erasing_takes_an_agreement_and_the_code_and_ends_at_the_welcome() -> None:
    async def story(house: House) -> None:
        await house.go(routes.LEAVING)
        await house.tap("security.leaving.erase")
        assert house.sees("security.leaving.erase_keeps")
        assert house.one(ft.FilledButton).disabled
        await house.app.fire(house.one(ft.Checkbox), "change", data=True, value=True)
        await house.press("security.leaving.erase_confirm")
        assert house.vault.wiped == 0
        await house.enter("999999", "security.confirm.go_on")
        assert house.sees("errors.locked.wrong_secret.what")
        assert house.vault.wiped == 0
        await house.enter(fakes.PIN, "security.confirm.go_on")
        assert house.vault.wiped == 1
        assert house.sees("login.sign_in")
        assert house.app.page.route == "/"

    tell(story)


def test_s14_changes_that_were_not_sent_are_listed_and_can_be_saved_before() -> None:
    def prepare(session: ProtectedSession) -> None:
        session.unsent.changes = UNSENT

    async def story(house: House) -> None:
        house.app.client.answers["save_file"] = "/media/cle/non-envoye.json"
        await house.go(routes.LEAVING)
        await house.tap("security.leaving.erase")
        assert t("security.leaving.unsent_erase", count=2) in house.texts()
        assert "Rappel DTP" in house.texts()
        assert "Jeanne Martin · Vaccinations · ajouté" in house.texts()
        assert "Camille Martin · Allergies · supprimé" in house.texts()
        await house.press("security.leaving.export")
        assert house.saved() == [b"{}"]

    tell(story, prepare=prepare)


def test_one_may_think_again() -> None:
    async def story(house: House) -> None:
        await house.go(routes.LEAVING)
        await house.tap("security.leaving.erase")
        await house.press("app.cancel")
        assert house.sees("security.leaving.sign_out")
        assert house.vault.wiped == 0

    tell(story)
