"""From the welcome to the first records, without a browser."""

from datetime import datetime

import flet as ft

from mes_app.domain.servers import OtpChannel, ServerAccount, SignIn
from mes_app.domain.sync_status import Idle, Phase, Running, Stopped
from mes_app.errors import Offline, Reason, SessionExpired
from mes_app.i18n import t
from mes_app.services.vault import SecretKind, VaultState
from mes_app.views.state import read_today
from tests.views import fakes
from tests.views.harness import App
from tests.views.test_app import tell


def welcome(*, kind: SecretKind = SecretKind.PIN, people: int = 3) -> fakes.FakeCarnets:
    return fakes.make_carnets(fakes.make_session(read_today(), people=people), VaultState.ABSENT, kind=kind)


async def answer(app: App, words: str, *values: str) -> None:
    """Fill the fields of the screen on top, in their order, and press the button that says ``words``."""
    fields = app.all(ft.TextField)
    for field, value in zip(fields, values, strict=False):
        await app.type(app.all(ft.TextField)[fields.index(field)], value)
    await app.click(app.button(words))


async def reach_code(app: App) -> None:
    await app.click(app.button(t("login.sign_in")))
    await answer(app, t("app.continue"))
    await answer(app, t("app.continue"), "camille.martin", "bon")


async def choose_pin(app: App, pin: str = fakes.PIN) -> None:
    await app.press_keys(pin)
    await app.click(app.button(t("app.continue")))


def test_signing_in_goes_from_the_server_to_the_first_sync() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        await app.type(app.one(ft.TextField), fakes.CODE)
        await choose_pin(app)
        await choose_pin(app)
        assert t("login.first_sync_done") in app.texts()
        await app.click(app.button(t("app.continue")))
        assert t("home.synthesis") in app.texts()

    tell(story, welcome(), unlocked=False)


def test_the_address_offered_is_that_of_the_configuration() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.click(app.button(t("login.sign_in")))
        assert app.one(ft.TextField).value == carnets.server

    tell(story, welcome(), unlocked=False)


def test_an_address_that_is_not_safe_is_said_at_its_field() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.click(app.button(t("login.sign_in")))
        await answer(app, t("app.continue"), "http://sante.example")
        assert t("errors.rejected.insecure_url.what") in str(app.one(ft.TextField).error)

    tell(story, welcome(), unlocked=False)


def test_a_wrong_password_is_said_and_not_kept_in_its_field() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.click(app.button(t("login.sign_in")))
        await answer(app, t("app.continue"))
        await answer(app, t("app.continue"), "camille.martin", "faux")
        user, password = app.all(ft.TextField)
        assert t("errors.rejected.wrong_credentials.what") in str(password.error)
        assert (user.value, password.value) == ("camille.martin", "")

    tell(story, welcome(), unlocked=False)


def test_a_wrong_code_is_said_and_the_field_is_ready_for_another() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        await app.type(app.one(ft.TextField), "000000")
        field = app.one(ft.TextField)
        assert t("errors.rejected.wrong_code.what") in str(field.error)
        assert field.value == ""

    tell(story, welcome(), unlocked=False)


def test_the_code_field_is_made_for_a_one_time_code() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        field = app.one(ft.TextField)
        assert field.autofill_hints == [ft.AutofillHint.ONE_TIME_CODE]
        assert field.keyboard_type is ft.KeyboardType.NUMBER
        assert t("login.code_sent_email", hint="c•••@exemple.fr") in app.texts()

    tell(story, welcome(), unlocked=False)


def test_another_code_can_be_asked_for_only_after_a_while() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        assert t("login.resend_in", seconds=30) in app.texts()
        assert t("login.resend") not in [button.content for button in app.all(ft.TextButton)]

    tell(story, welcome(), unlocked=False)


def test_no_other_code_is_offered_where_an_app_makes_them() -> None:
    carnets = welcome()
    carnets.login.channel = OtpChannel.TOTP

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        assert t("login.code_sent_totp") in app.texts()
        assert not [button for button in app.all(ft.TextButton) if "code" in str(button.content)]

    tell(story, carnets, unlocked=False)


def test_the_way_back_goes_one_question_back() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        await app.click(app.one(ft.IconButton))
        assert t("login.password_title") in app.texts()
        await app.fire(app.page, "view_pop", {"route": "/connexion/mot-de-passe"})
        assert t("login.server_title") in app.texts()

    tell(story, welcome(), unlocked=False)


def test_two_different_codes_start_the_choice_again() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        await app.type(app.one(ft.TextField), fakes.CODE)
        await choose_pin(app)
        await choose_pin(app, "161803")
        assert t("login.differs_pin") in app.texts()
        assert t("login.pin_choose_title") in app.texts()

    tell(story, welcome(), unlocked=False)


def test_a_code_that_is_too_simple_is_refused_before_it_is_asked_again() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        await app.type(app.one(ft.TextField), fakes.CODE)
        await choose_pin(app, "123456")
        assert any(t("errors.rejected.too_simple.what") in words for words in app.texts())
        assert t("login.pin_choose_title") in app.texts()

    tell(story, welcome(), unlocked=False)


def test_a_passphrase_is_chosen_and_the_reason_told_without_key_store() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        await app.type(app.one(ft.TextField), fakes.CODE)
        assert t("login.passphrase_choose_hint") in app.texts()
        await answer(app, t("app.continue"), "quatre mots sans rapport")
        await answer(app, t("app.continue"), "quatre mots sans rapport")
        assert t("login.first_sync_title") in app.texts()

    tell(story, welcome(kind=SecretKind.PASSPHRASE), unlocked=False)


def test_a_plain_server_needs_an_address_and_patients_only() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.click(app.button(t("login.plain_server")))
        await answer(app, t("app.continue"), "https://fhir.example/r4", "one, two")
        assert t("login.pin_choose_title") in app.texts()

    tell(story, welcome(), unlocked=False)


def test_the_first_sync_counts_and_lets_go_on_once_something_can_be_read() -> None:
    carnets = welcome()
    syncing = carnets.vault.session.syncing
    syncing.answer = lambda: Running(Phase.RECORDS, "p0", 0, 1200)

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        await app.type(app.one(ft.TextField), fakes.CODE)
        await choose_pin(app)
        await choose_pin(app)
        assert app.one(ft.FilledButton).disabled
        syncing.tell(Running(Phase.RECORDS, "p0", 312, 1200))
        await app.settle()
        assert t("app.counted", done="312", total="1\u202f200") in app.texts()
        await app.click(app.button(t("app.cancel")))
        assert syncing.runs == -1
        await app.click(app.button(t("app.continue")))
        assert t("home.synthesis") in app.texts()

    tell(story, carnets, unlocked=False)


def test_a_first_sync_without_network_is_explained_and_can_be_tried_again() -> None:
    carnets = welcome(people=0)
    syncing = carnets.vault.session.syncing
    syncing.answer = lambda: Stopped(Offline())

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await reach_code(app)
        await app.type(app.one(ft.TextField), fakes.CODE)
        await choose_pin(app)
        await choose_pin(app)
        assert t("errors.offline.unreachable.what") in app.texts()
        assert app.one(ft.FilledButton).disabled
        await app.click(app.button(t("app.try_again")))
        assert syncing.runs == 2

    tell(story, carnets, unlocked=False)


def signed_out(reason: Reason, account: ServerAccount = fakes.SERVER) -> fakes.FakeCarnets:
    session = fakes.make_session(read_today(), status=Stopped(SessionExpired(reason), datetime.now().astimezone()))
    session.syncing.known = account
    return fakes.make_carnets(session)


async def begin_again(app: App) -> None:
    assert t("sync.signed_out") in app.texts()
    assert t("home.unread") in app.texts()
    await app.click(app.button(t("login.sign_in")))
    await app.click(app.button(t("login.renew")))


def test_an_ended_session_is_renewed_over_the_open_vault() -> None:
    known = fakes.SERVER.model_copy(update={"user": "camille.martin"})

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        syncing = carnets.vault.session.syncing
        await begin_again(app)
        user, password = app.all(ft.TextField)
        assert (user.value, user.read_only, password.autofocus) == ("camille.martin", True, True)
        await app.type(password, "bon")
        await app.click(app.button(t("app.continue")))
        syncing.answer = lambda: Idle(datetime.now().astimezone())
        await app.type(app.one(ft.TextField), fakes.CODE)
        assert syncing.runs == 2
        assert t("home.unread") in app.texts()
        assert t("sync.signed_out") not in app.texts()

    tell(story, signed_out(Reason.SIGN_IN_AGAIN, known))


def test_a_session_to_confirm_asks_the_code_alone() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await begin_again(app)
        assert t("login.code_title") in app.texts()
        await app.type(app.one(ft.TextField), fakes.CODE)
        assert t("home.unread") in app.texts()

    tell(story, signed_out(Reason.CODE_REQUIRED))


def test_the_password_is_asked_where_a_code_alone_is_not_enough() -> None:
    carnets = signed_out(Reason.CODE_REQUIRED)
    carnets.login.code_alone = False

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await begin_again(app)
        assert t("login.password_title") in app.texts()

    tell(story, carnets)


def test_a_refused_token_is_asked_again_and_nothing_else() -> None:
    plain = ServerAccount(fhir_base="https://fhir.example/r4", sign_in=SignIn.PLAIN, patients=("a", "b"))

    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await begin_again(app)
        address, patients, token = app.all(ft.TextField)
        assert (address.value, patients.value) == ("https://fhir.example/r4", "a b")
        assert address.read_only
        assert patients.read_only
        await app.type(token, "jeton")
        await app.click(app.button(t("app.continue")))
        assert t("home.unread") in app.texts()

    tell(story, signed_out(Reason.SIGN_IN_AGAIN, plain))


def test_signing_in_again_can_wait() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await begin_again(app)
        await app.click(app.one(ft.Icon, semantics_label=t("app.back")).parent)  # type: ignore[arg-type]
        await app.click(app.button(t("login.renew_later")))
        assert t("login.renew_told") not in app.texts()
        assert t("home.unread") in app.texts()
        assert carnets.vault.session.syncing.runs == 1

    tell(story, signed_out(Reason.SIGN_IN_AGAIN))


def demonstration(state: VaultState) -> fakes.FakeCarnets:
    carnets = fakes.make_carnets(fakes.make_session(read_today()), state)
    carnets.demo, carnets.user = True, "camille.martin"
    return carnets


def test_the_demonstration_wears_its_banner_from_the_first_screen_and_shows_where_its_codes_are() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("app.demonstration") in app.texts()
        await app.click(app.button(t("login.sign_in")))
        await answer(app, t("app.continue"))
        assert t("app.demonstration") in app.texts()
        user, password = app.all(ft.TextField)
        assert user.value == "camille.martin"
        await app.type(password, "bon")
        await app.click(app.button(t("app.continue")))
        assert app.one(ft.TextButton, url="https://sante.example/demo/outbox")
        assert t("app.demonstration") in app.texts()

    tell(story, demonstration(VaultState.ABSENT), unlocked=False)


def test_leaving_the_demonstration_wipes_its_vault_even_locked() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        assert t("lock.title") in app.texts()
        await app.click(app.button(t("app.leave_demonstration")))
        assert carnets.vault.now is VaultState.ABSENT
        assert t("app.tagline") in app.texts()

    tell(story, demonstration(VaultState.LOCKED), unlocked=False)


def test_leaving_the_open_demonstration_goes_back_to_the_welcome() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await app.click(app.button(t("app.leave_demonstration")))
        assert carnets.vault.now is VaultState.ABSENT
        assert t("app.tagline") in app.texts()

    tell(story, demonstration(VaultState.LOCKED))
