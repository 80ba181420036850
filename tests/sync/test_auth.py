import asyncio
from collections.abc import Awaitable, Callable

import pyotp
import pytest

from mes_app.domain.servers import CodeRequest, OtpChannel, ServerAccount, SignIn
from mes_app.errors import Busy, MesError, NotAllowed, Offline, Reason, Rejected, SessionExpired, Unreadable
from mes_app.sync.auth import Enrolment
from mes_app.sync.discovery import discover
from mes_app.sync.networks import Network
from mes_app.sync.tokens import TokenSession
from tests.sync.backends import Backend
from tests.sync.faults import cut_after
from tests.sync.serving import Asked, Say, Scripted, served

ALEX_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"


async def start(backend: Backend, rank: int = 0, network: Network | None = None) -> tuple[Enrolment, CodeRequest]:
    server = await discover(backend.url, network or Network())
    enrolment = Enrolment(server, network or Network())
    entry = backend.entries[rank]
    return enrolment, await enrolment.send_password(entry.user, entry.password)


async def refuse(work: Awaitable[object]) -> MesError:
    with pytest.raises(MesError) as caught:
        await work
    return caught.value


def test_a_code_by_mail_enrols_the_device(backend: Backend) -> None:
    async def story() -> None:
        enrolment, request = await start(backend)
        assert request.channel is OtpChannel.EMAIL
        assert request.hint.startswith("c")
        assert (request.expires_in, request.resend_in) == (300, 30)
        account = await enrolment.send_code(backend.letters[-1].code)
        assert account.sign_in is SignIn.CHALLENGE
        assert account.person.startswith("Person/")
        assert account.user == "camille.martin"
        assert account.refresh_token
        assert account.dpop_key
        assert account.auth_session

    asyncio.run(story())


def test_a_code_of_an_authenticator_enrols_the_device(backend: Backend) -> None:
    async def story() -> None:
        enrolment, request = await start(backend, rank=1)
        assert request.channel is OtpChannel.TOTP
        account = await enrolment.send_code(pyotp.TOTP(ALEX_SECRET).now())
        assert account.user == "alex.martin"

    asyncio.run(story())


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(backend: Backend) -> None:
    async def story() -> None:
        server = await discover(backend.url, Network())
        for user in ("camille.martin", "nobody"):
            error = await refuse(Enrolment(server, Network()).send_password(user, "wrong"))
            assert isinstance(error, Rejected)
            assert (error.field, error.reason) == ("password", Reason.WRONG_CREDENTIALS)

    asyncio.run(story())


def test_a_wrong_code_is_refused_and_the_right_one_still_taken(backend: Backend) -> None:
    async def story() -> None:
        enrolment, _ = await start(backend)
        error = await refuse(enrolment.send_code("000000"))
        assert isinstance(error, Rejected)
        assert (error.field, error.reason) == ("code", Reason.WRONG_CODE)
        assert (await enrolment.send_code(backend.letters[-1].code)).refresh_token

    asyncio.run(story())


def test_six_wrong_codes_end_the_sign_in_and_not_even_the_right_one_is_taken(backend: Backend) -> None:
    async def story() -> None:
        enrolment, _ = await start(backend)
        reasons = [(await refuse(enrolment.send_code("000000"))).reason for _ in range(6)]
        assert reasons[:4] == [Reason.WRONG_CODE] * 4
        assert set(reasons[4:]) <= {Reason.EXPIRED_CODE, Reason.TOO_MANY_TRIES}
        last = await refuse(enrolment.send_code(backend.letters[-1].code))
        assert last.reason in (Reason.EXPIRED_CODE, Reason.TOO_MANY_TRIES)

    asyncio.run(story())


def test_a_code_that_is_too_old_is_refused_with_its_reason(backend: Backend) -> None:
    async def story() -> None:
        enrolment, request = await start(backend)
        backend.ahead += request.expires_in
        assert (await refuse(enrolment.send_code(backend.letters[-1].code))).reason is Reason.EXPIRED_CODE

    asyncio.run(story())


def test_a_code_is_taken_once(backend: Backend) -> None:
    async def story() -> None:
        enrolment, _ = await start(backend)
        code = backend.letters[-1].code
        await enrolment.send_code(code)
        assert (await refuse(enrolment.send_code(code))).reason is Reason.EXPIRED_CODE

    asyncio.run(story())


def test_a3_another_code_may_be_asked_for_after_a_while_and_replaces_the_first(backend: Backend) -> None:
    async def story() -> None:
        enrolment, request = await start(backend)
        early = await refuse(enrolment.resend())
        assert isinstance(early, Busy)
        assert early.reason is Reason.TOO_MANY_TRIES
        assert 0 < early.after <= request.resend_in
        backend.ahead += request.resend_in
        await enrolment.resend()
        assert len(backend.letters) == 2
        assert (await enrolment.send_code(backend.letters[-1].code)).refresh_token

    asyncio.run(story())


@pytest.mark.parametrize("allowed", range(6))
def test_a_server_that_goes_down_at_any_step_is_offline_and_a_new_try_succeeds(backend: Backend, allowed: int) -> None:
    async def story() -> None:
        assert isinstance(await refuse(backend.enrol(cut_after(allowed))), Offline)
        assert (await backend.enrol()).refresh_token

    asyncio.run(story())


def test_a_session_to_confirm_takes_a_code_without_password(backend: Backend) -> None:
    async def story() -> None:
        account = await backend.enrol()
        backend.ahead += 31 * 86_400
        error = await refuse(make_session(account).renew({}))
        assert isinstance(error, SessionExpired)
        assert error.reason is Reason.CODE_REQUIRED
        again = Enrolment(account, Network())
        await again.ask_code()
        renewed = await again.send_code(backend.letters[-1].code)
        assert renewed.dpop_key == account.dpop_key
        assert await make_session(renewed).renew({})

    asyncio.run(story())


def test_a_session_that_needs_the_password_again_says_so(backend: Backend) -> None:
    async def story() -> None:
        account = await backend.enrol()
        assert isinstance(await refuse(Enrolment(account, Network()).ask_code()), SessionExpired)

    asyncio.run(story())


def make_session(account: ServerAccount) -> TokenSession:
    async def forget(_account: ServerAccount) -> None:
        """Nothing is kept."""

    return TokenSession(account, forget, Network())


def enrol_at(challenge: Say | list[Say] | Callable[[Asked], Say], token: Say | None = None) -> ServerAccount | MesError:
    """What becomes of a sign-in at a server that answers so."""
    server = Scripted({"/challenge": challenge, "/token": token or Say({}, 400)})

    async def story(url: str) -> ServerAccount:
        stated = ServerAccount(
            fhir_base=f"{url}/fhir",
            sign_in=SignIn.CHALLENGE,
            issuer=url,
            challenge_endpoint=f"{url}/challenge",
            token_endpoint=f"{url}/token",
            client_id="mes-carnets",
        )
        enrolment = Enrolment(stated, Network())
        await enrolment.send_password("u", "p")
        return await enrolment.send_code("123456")

    with served(server) as url:
        try:
            return asyncio.run(story(url))
        except MesError as error:
            return error


WAITS = Say({"error": "insufficient_authorization", "otp_required": True, "auth_session": "s1"}, 400)
GRANTED = Say({"authorization_code": "c"})


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        (Say("<html>", content_type="text/html"), Unreadable, Reason.NOT_FHIR),
        (Say("<html>", 500), Unreadable, Reason.SERVER_FAULT),
        (Say('{"error":"insuff'), Unreadable, Reason.TRUNCATED),
        (Say({"error": "redirect_to_web"}, 400), NotAllowed, Reason.FORBIDDEN),
        (Say({"error": "invalid_client"}, 400), Unreadable, Reason.SERVER_FAULT),
        (Say({}, 429, {"retry-after": "90"}), Busy, Reason.TOO_MANY_TRIES),
        (Say({}, 503), Busy, Reason.SERVER_BUSY),
    ],
    ids=["html", "500", "truncated", "web", "client", "429", "503"],
)
@pytest.mark.parametrize("before", [[], [WAITS]], ids=["at the password", "at the code"])
def test_an_odd_answer_has_its_error_at_each_step(
    before: list[Say], answer: Say, kind: type[MesError], reason: Reason
) -> None:
    error = enrol_at([*before, answer])
    assert type(error) is kind
    assert error.reason is reason


@pytest.mark.parametrize(
    "token",
    [Say({"error": "invalid_grant"}, 400), Say({"access_token": "a", "token_type": "Bearer", "refresh_token": "r"})],
    ids=["refused", "not bound to the key"],
)
def test_tokens_that_are_refused_or_not_bound_to_the_device_are_not_taken(token: Say) -> None:
    assert isinstance(enrol_at([WAITS, GRANTED], token), MesError)


def test_the_session_of_the_last_answer_is_the_one_that_is_sent() -> None:
    sent: list[str] = []

    def answer(asked: Asked) -> Say:
        sent.append(asked.form.get("auth_session", ""))
        return [WAITS, GRANTED][len(sent) - 1]

    account = enrol_at(answer, Say({"token_type": "DPoP", "refresh_token": "r"}))
    assert isinstance(account, ServerAccount)
    assert sent == ["", "s1"]


def test_a4_the_verifier_answers_the_challenge_sent_first() -> None:
    forms: list[dict[str, str]] = []

    def answer(asked: Asked) -> Say:
        forms.append(asked.form)
        return [WAITS, GRANTED][len(forms) - 1]

    enrol_at(answer, Say({"token_type": "DPoP", "refresh_token": "r"}))
    assert forms[0]["code_challenge_method"] == "S256"
    assert len(forms[0]["code_challenge"]) == 43
    assert forms[0]["code_challenge"] == forms[1]["code_challenge"]
    assert "password" not in forms[1]
