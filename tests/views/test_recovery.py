"""A vault that its usual way no longer opens: why, by the recovery code, or begun anew."""

import flet as ft
import pytest

from mes_app.crypto.recovery_codes import make_recovery_code
from mes_app.errors import Locked, Reason, Rejected
from mes_app.i18n import t
from mes_app.services.vault import VaultState
from tests.views import fakes
from tests.views.closed_stories import agree, can_press, choose_pin, closed, go_back, is_home, press, tell, wait
from tests.views.harness import App

CODE = make_recovery_code()
WRITTEN_BADLY = CODE.replace("-", " ").lower()


def recoverable(why: Reason = Reason.SECRET_DESTROYED, *, code: bool = True) -> fakes.FakeCarnets:
    carnets = closed(VaultState.RECOVERABLE)
    carnets.vault.why, carnets.vault.code = why, CODE if code else None
    return carnets


async def give_code(app: App, code: str) -> None:
    await app.type(app.one(ft.TextField), code)
    await press(app, t("app.continue"))


async def open_code(app: App) -> None:
    await press(app, t("recovery.way_code"))


def told(app: App) -> str:
    return str(app.one(ft.TextField).error)


@pytest.mark.parametrize("why", [Reason.KEY_STORE_LOST, Reason.NO_KEY_STORE, Reason.SECRET_DESTROYED])
def test_s7_why_the_usual_way_is_gone_is_said_with_what_is_safe(why: Reason) -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert {t(f"recovery.{why}_title"), t(f"recovery.{why}_told")} <= set(app.texts())
        assert can_press(app, t("app.try_again")) == (why is Reason.NO_KEY_STORE)
        assert can_press(app, t("recovery.way_code"))

    tell(story, recoverable(why))


def test_any_other_reason_has_its_words_too() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert any(t("errors.unreadable.disk_full.what") in words for words in app.texts())
        assert can_press(app, t("app.try_again"))

    tell(story, recoverable(Reason.DISK_FULL))


def test_s7_a_key_store_that_answers_again_opens_as_before() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("app.try_again"))
        await app.press_keys(fakes.PIN)
        await press(app, t("lock.unlock"))
        assert is_home(app)

    tell(story, recoverable(Reason.NO_KEY_STORE))


def test_a_vault_without_recovery_code_says_so_and_offers_none() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("recovery.no_code") in app.texts()
        assert not can_press(app, t("recovery.way_code"))

    tell(story, recoverable(code=False))


def test_s8_the_recovery_code_opens_with_a_new_pin_and_stays_good() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await give_code(app, WRITTEN_BADLY)
        assert t("login.pin_choose_title") in app.texts()
        await choose_pin(app)
        assert carnets.vault.given == [("recover", CODE, fakes.PIN)]
        assert is_home(app)
        assert t("recovery.recovered") in app.texts()

    tell(story, recoverable())


def test_the_enter_key_goes_on_and_leaves_no_line_in_the_code() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await app.type(app.one(ft.TextField), CODE[:-1])
        await app.type(app.one(ft.TextField), f"{CODE[:-1]}\n")
        assert told(app) == t("recovery.missing", count=1)
        assert app.one(ft.TextField).value == CODE[:-1]
        await app.type(app.one(ft.TextField), CODE)
        await app.type(app.one(ft.TextField), f"{CODE}\n")
        assert t("login.pin_choose_title") in app.texts()

    tell(story, recoverable())


def test_the_field_groups_what_is_typed_or_pasted_and_counts_the_groups() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await app.type(app.one(ft.TextField), CODE.replace("-", "").lower())
        await wait(app, 1)
        field = app.one(ft.TextField)
        assert field.value == CODE
        assert field.helper == t("recovery.groups", count=7, total=7)

    tell(story, recoverable())


def test_a_correction_in_the_middle_is_left_as_it_is_typed() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await app.type(app.one(ft.TextField), "ABCDE")
        await wait(app, 1)
        await app.type(app.one(ft.TextField), "ABD-E")
        await wait(app, 1)
        assert app.one(ft.TextField).value == "ABD-E"

    tell(story, recoverable())


@pytest.mark.parametrize(
    ("typed", "key", "count"),
    [(CODE[:-1], "recovery.missing", 1), (CODE[:24], "recovery.missing", 8), (f"{CODE}AB", "recovery.surplus", 2)],
    ids=("one sign", "two groups", "two signs more"),
)
def test_how_much_is_missing_or_too_much_is_told_at_the_field(typed: str, key: str, count: int) -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await give_code(app, typed)
        assert told(app) == t(key, count=count)
        assert carnets.vault.given == []

    tell(story, recoverable())


def test_a_slip_of_the_pen_is_told_before_a_new_pin_is_asked() -> None:
    slip = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await give_code(app, slip)
        assert t("errors.rejected.mistyped.what") in told(app)
        await app.type(app.one(ft.TextField), CODE)
        assert told(app) == "None"

    tell(story, recoverable())


def test_s8_the_code_of_another_vault_is_asked_again_and_the_new_pin_is_not() -> None:
    carnets = recoverable()
    carnets.vault.refusals = [Locked(Reason.WRONG_RECOVERY, wait=60)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await give_code(app, make_recovery_code())
        await choose_pin(app)
        assert t("errors.locked.wrong_recovery.what") in app.texts()
        await give_code(app, CODE)
        assert carnets.vault.given[-1] == ("recover", CODE, fakes.PIN)
        assert is_home(app)

    tell(story, carnets)


def test_a_new_pin_that_is_not_taken_is_asked_again_at_once() -> None:
    carnets = recoverable()
    carnets.vault.refusals = [Rejected("secret", Reason.TOO_SIMPLE)]

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await give_code(app, CODE)
        await choose_pin(app)
        assert any(t("errors.rejected.too_simple.what") in words for words in app.texts())
        await choose_pin(app)
        assert is_home(app)

    tell(story, carnets)


def test_the_way_back_goes_one_screen_back_and_forgets_the_code() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await open_code(app)
        await give_code(app, CODE)
        await go_back(app)
        assert app.one(ft.TextField).value == CODE
        await go_back(app)
        assert not app.all(ft.TextField)
        await open_code(app)
        assert app.one(ft.TextField).value == ""

    tell(story, recoverable())


@pytest.mark.parametrize("state", [VaultState.RECOVERABLE, VaultState.DAMAGED])
@pytest.mark.parametrize(
    ("lost", "words"), [(None, "recovery.lost_unknown"), (0, "recovery.lost_nothing"), (3, "recovery.lost")]
)
def test_what_beginning_anew_loses_is_told_with_its_number(state: VaultState, lost: int | None, words: str) -> None:
    carnets = closed(state)
    carnets.vault.lost = lost

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("recovery.way_start_over"))
        assert t(words, count=lost) in app.texts()
        assert app.one(ft.FilledButton).disabled

    tell(story, carnets)


def test_s14_beginning_anew_keeps_the_former_vault_until_the_new_one_is_complete() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("recovery.way_start_over"))
        await agree(app)
        await press(app, t("app.continue"))
        assert t("app.tagline") in app.texts()
        assert not can_press(app, t("login.try_demonstration"))
        await press(app, t("login.sign_in"))
        await press(app, t("app.continue"))
        user, password = app.all(ft.TextField)
        await app.type(user, "camille.martin")
        await app.type(password, "bon")
        await press(app, t("app.continue"))
        await app.type(app.one(ft.TextField), fakes.CODE)
        assert carnets.vault.given == []
        await choose_pin(app)
        assert carnets.vault.given == [("create", fakes.PIN, True)]
        assert t("login.first_sync_title") in app.texts()

    tell(story, recoverable(code=False))


def test_whoever_changes_their_mind_finds_the_former_vault_again() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await press(app, t("recovery.way_start_over"))
        await agree(app)
        await press(app, t("app.continue"))
        await press(app, t("login.keep_former"))
        assert t("recovery.secret_destroyed_title") in app.texts()

    tell(story, recoverable())


def test_s3_a_damaged_vault_says_that_nothing_was_touched_and_what_can_be_done() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert {t("lock.damaged_title"), t("lock.damaged")} <= set(app.texts())
        assert can_press(app, t("recovery.way_restore"))
        assert not can_press(app, t("recovery.way_code"))

    tell(story, closed(VaultState.DAMAGED))
