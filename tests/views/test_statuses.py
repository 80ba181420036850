"""What the bar and the screen of the sync say of each way a sync can stand."""

from datetime import UTC, datetime

import flet as ft
import pytest

from mes_app.domain.sync_status import Fault, Idle, Phase, Running, Stopped, SyncStatus
from mes_app.errors import Busy, MesError, NotAllowed, Offline, Reason, SessionExpired, Unreadable
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.views.state import read_today
from mes_app.views.widgets.statuses import choose_status_icon, name_status, tell_faults
from tests.views import fakes
from tests.views.harness import App
from tests.views.test_app import tell

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
FAULTS = (
    Fault("DocumentReference", "a", Reason.NO_CONTENT),
    Fault("DocumentReference", "b", Reason.NO_CONTENT),
    Fault("Basic", "c", Reason.PAGE_LOOP),
)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Running(Phase.CONNECTING), "Connexion"),
        (Running(Phase.RECORDS, "p0"), "En cours"),
        (Running(Phase.RECORDS, "p0", 312, 1200), "En cours 312/1\u202f200"),
        (Running(Phase.CONTENTS, "p0", 3, 45), "Documents 3/45"),
        (Idle(), "Jamais mis à jour"),
        (Idle(NOW), "À jour"),
        (Idle(NOW, FAULTS), "À jour sauf 3 éléments"),
        (Stopped(None, NOW), "Interrompu"),
        (Stopped(Offline()), "Hors ligne"),
        (Stopped(Offline(Reason.UNTRUSTED)), "Serveur non reconnu"),
        (Stopped(SessionExpired()), "Reconnectez-vous pour mettre à jour"),
        (Stopped(Busy()), "Serveur occupé"),
        (Stopped(NotAllowed()), "Accès refusé"),
        (Stopped(Unreadable(Reason.DISK_FULL)), "Appareil plein"),
        (Stopped(Unreadable(Reason.SERVER_FAULT)), "Panne du serveur"),
        (Stopped(Unreadable(Reason.NOT_FHIR)), "À vérifier"),
    ],
)
def test_each_status_has_a_few_words(status: SyncStatus, words: str) -> None:
    assert name_status(status) == words


def test_a_server_that_may_be_another_does_not_look_like_a_missing_network() -> None:
    assert choose_status_icon(Stopped(Offline())) == ft.Icons.CLOUD_OFF_OUTLINED
    assert choose_status_icon(Stopped(Offline(Reason.UNTRUSTED))) == ft.Icons.SYNC_PROBLEM_OUTLINED


def test_s12_what_was_left_out_is_told_by_type_and_reason_only() -> None:
    assert tell_faults(FAULTS) == ["Document\u00a0: sans contenu sur le serveur (2)", "Autre élément\u00a0: non lu"]


def test_the_screen_of_the_sync_lists_what_was_left_out() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.page.push_route("/mise-a-jour")
        await app.settle()
        assert t("sync.faults", count=3) in app.texts()
        assert "Document\u00a0: sans contenu sur le serveur (2)" in app.texts()

    tell(story, fakes.make_carnets(fakes.make_session(read_today(), status=Idle(NOW, FAULTS))))


@pytest.mark.parametrize("error", [Offline(), Busy(), SessionExpired(), NotAllowed(), Unreadable(Reason.SERVER_FAULT)])
def test_the_screen_of_the_sync_explains_why_it_stopped_and_offer_the_next_step(error: MesError) -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.page.push_route("/mise-a-jour")
        await app.settle()
        assert explain(error).what in app.texts()
        words = "login.sign_in" if isinstance(error, SessionExpired) else "syncing.refresh"
        assert any(button.content == t(words) for button in app.all(ft.FilledButton) + app.all(ft.FilledTonalButton))

    tell(story, fakes.make_carnets(fakes.make_session(read_today(), status=Stopped(error, NOW))))


def test_everything_can_be_compared_with_the_service() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        syncing = carnets.vault.session.syncing
        await app.page.push_route("/mise-a-jour")
        await app.settle()
        (menu,) = [found for found in app.all(ft.PopupMenuButton) if found.tooltip == t("syncing.more")]
        await app.click(menu.items[0])
        assert syncing.thorough
        await app.click(next(b for b in app.all(ft.FilledTonalButton) if b.content == t("syncing.refresh")))
        assert not syncing.thorough

    tell(story)


def test_a_running_sync_can_be_stopped() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        syncing = carnets.vault.session.syncing
        await app.page.push_route("/mise-a-jour")
        syncing.tell(Running(Phase.CONTENTS, "p0", 3, 45))
        await app.settle()
        await app.click(app.button(t("app.cancel")))
        assert syncing.runs == -1
        syncing.tell(Stopped(None, NOW))
        await app.settle()
        assert t("syncing.cancelled") in app.texts()

    tell(story)
