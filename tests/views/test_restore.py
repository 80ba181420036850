"""Restoring a backup, from the welcome and in place of a vault that cannot be opened."""

import asyncio
from pathlib import Path

import flet as ft
import pytest

from mes_app.errors import Locked, MesError, Reason, Rejected, Unreadable
from mes_app.i18n import size, t
from mes_app.services.vault import VaultState
from tests.views import fakes
from tests.views.closed_stories import agree, can_press, choose_pin, closed, go_back, is_home, press, tell
from tests.views.harness import App

PASSPHRASE = "quatre mots sans rapport"
CONTENT = b"a sealed backup"


def picked(path: Path) -> list[dict[str, object]]:
    """What a native client answers when the person chose ``path``."""
    return [{"id": 1, "name": path.name, "size": 340_000_000, "path": str(path)}]


def picked_in_browser() -> list[dict[str, object]]:
    """What a browser answers: contents, no path."""
    return [{"id": 1, "name": "carnets.sauvegarde", "size": len(CONTENT), "bytes": CONTENT}]


async def pick(app: App, files: list[dict[str, object]]) -> None:
    app.client.answers["pick_files"] = files
    await press(app, t("recovery.choose_file"))
    async with asyncio.timeout(3600):
        while files and not app.all(ft.TextField):
            await app.settle()


async def give_passphrase(app: App, passphrase: str = PASSPHRASE) -> None:
    await app.type(app.one(ft.TextField), passphrase)
    await press(app, t("app.continue"))


async def restore(app: App, files: list[dict[str, object]]) -> None:
    """From the welcome through every question."""
    await press(app, t("login.restore"))
    await pick(app, files)
    await give_passphrase(app)
    await choose_pin(app)


def test_a_backup_is_restored_from_the_welcome(tmp_path: Path) -> None:
    backup = tmp_path / "carnets.sauvegarde"

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("login.restore"))
        assert not app.all(ft.Checkbox)
        await pick(app, picked(backup))
        assert f"{backup.name} · {size(340_000_000)}" in app.texts()
        await give_passphrase(app)
        await choose_pin(app)
        assert carnets.vault.given == [("restore", backup, PASSPHRASE, fakes.PIN, False)]
        assert is_home(app)

    tell(story, closed(VaultState.ABSENT))


@pytest.mark.parametrize("state", [VaultState.RECOVERABLE, VaultState.DAMAGED])
def test_in_place_of_a_vault_it_is_told_what_goes_and_agreed_to_first(state: VaultState, tmp_path: Path) -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("recovery.way_restore"))
        assert {t("recovery.replaced"), t("recovery.replaced_lost")} <= set(app.texts())
        assert app.one(ft.FilledButton).disabled
        await agree(app)
        await pick(app, picked(tmp_path))
        await give_passphrase(app)
        await choose_pin(app)
        assert carnets.vault.given == [("restore", tmp_path, PASSPHRASE, fakes.PIN, True)]
        assert is_home(app)

    tell(story, closed(state))


def test_s11_what_a_browser_gave_is_in_a_private_folder_and_gone_afterwards() -> None:
    kept: list[Path] = []
    carnets = closed(VaultState.ABSENT)

    async def look(backup: Path) -> None:
        kept.append(backup)
        with backup.open("rb") as file:
            assert file.read() == CONTENT
        assert backup.parent.stat().st_mode & 0o777 == 0o700

    carnets.vault.work = look

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await restore(app, picked_in_browser())
        assert is_home(app)
        assert kept
        assert not kept[0].parent.exists()

    tell(story, carnets)


def test_putting_the_file_dialog_away_changes_nothing() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("login.restore"))
        await pick(app, [])
        assert t("recovery.restore_told") in app.texts()

    tell(story, closed(VaultState.ABSENT))


def test_the_progress_is_told_in_numbers_and_cancelling_asks_again(tmp_path: Path) -> None:
    carnets = closed(VaultState.ABSENT)
    carnets.vault.work = lambda _backup: asyncio.sleep(3600)

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await restore(app, picked(tmp_path))
        assert t("app.counted", done=size(12_000_000), total=size(340_000_000)) in app.texts()
        await press(app, t("app.cancel"))
        assert t("login.pin_choose_title") in app.texts()
        assert carnets.vault.given == []
        carnets.vault.work = fakes.pass_by
        await choose_pin(app)
        assert is_home(app)

    tell(story, carnets)


def test_a_wrong_passphrase_is_corrected_without_choosing_the_rest_again(tmp_path: Path) -> None:
    carnets = closed(VaultState.ABSENT)
    carnets.vault.refusals = [Locked(Reason.WRONG_PASSPHRASE)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await restore(app, picked(tmp_path))
        assert t("errors.locked.wrong_passphrase.what") in app.texts()
        await press(app, t("recovery.other_passphrase"))
        await give_passphrase(app, "quatre mots bien choisis")
        assert carnets.vault.given[-1] == ("restore", tmp_path, "quatre mots bien choisis", fakes.PIN, False)
        assert is_home(app)

    tell(story, carnets)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.NOT_A_BACKUP, "errors.unreadable.not_a_backup.what"),
        (Reason.TRUNCATED, "recovery.backup_truncated"),
        (Reason.DAMAGED, "recovery.backup_damaged"),
        (Reason.NEWER_VERSION, "recovery.backup_newer_version"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_apart_and_another_can_be_chosen(
    reason: Reason, words: str, tmp_path: Path
) -> None:
    carnets = closed(VaultState.ABSENT)
    carnets.vault.refusals = [Unreadable(reason)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await restore(app, picked(tmp_path))
        assert t(words) in app.texts()
        await press(app, t("recovery.other_file"))
        assert can_press(app, t("recovery.choose_file"))

    tell(story, carnets)


@pytest.mark.parametrize("error", [Unreadable(Reason.DISK_FULL), Locked(Reason.OPEN_ELSEWHERE)])
def test_what_has_nothing_to_do_with_the_answers_can_be_tried_again(error: MesError, tmp_path: Path) -> None:
    carnets = closed(VaultState.ABSENT)
    carnets.vault.refusals = [error]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await restore(app, picked(tmp_path))
        await press(app, t("app.try_again"))
        assert is_home(app)

    tell(story, carnets)


def test_a_pin_that_is_not_taken_is_asked_again_with_the_reason(tmp_path: Path) -> None:
    carnets = closed(VaultState.ABSENT)
    carnets.vault.refusals = [Rejected("secret", Reason.TOO_SIMPLE)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await restore(app, picked(tmp_path))
        assert any(t("errors.rejected.too_simple.what") in words for words in app.texts())
        await choose_pin(app)
        assert is_home(app)

    tell(story, carnets)


def test_the_way_back_goes_one_question_back_and_then_to_the_welcome(tmp_path: Path) -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("login.restore"))
        await pick(app, picked(tmp_path))
        await give_passphrase(app)
        await go_back(app)
        assert app.one(ft.TextField).value == PASSPHRASE
        await go_back(app)
        await go_back(app)
        assert t("recovery.restore_told") not in app.texts()
        await press(app, t("login.restore"))
        await pick(app, picked(tmp_path))
        assert app.one(ft.TextField).value == ""

    tell(story, closed(VaultState.ABSENT))
