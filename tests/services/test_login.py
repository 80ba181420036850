import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from mes_app.device.redirects import open_redirects
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import MesError, NotAllowed, Reason, Rejected
from mes_app.services.login import Login
from mes_app.sync.networks import Network
from mes_backend.seeding import Entry
from tests.sync.backends import Backend, run_backend
from tests.sync.serving import Asked, Say, make_plain_server, served


@pytest.fixture(scope="module")
def backend(seeded: tuple[Path, list[Entry]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with run_backend(*seeded, tmp_path_factory.mktemp("backend")) as running:
        yield running


def connect(*patients: str, bearer: str | None = None) -> ServerAccount:
    """Connect to a plain server that has one patient, p1, and a token, t."""

    def show(asked: Asked) -> Say:
        return Say(
            {"resourceType": "Patient", "id": "p1"}, 200 if asked.headers.get("authorization") == "Bearer t" else 401
        )

    server = make_plain_server("Observation")
    if bearer:
        server.paths["/fhir/Patient/p1"] = show
    with served(server) as url:
        return asyncio.run(Login(Network()).connect_plain(f"{url}/fhir", patients, bearer))


def test_a_sign_in_goes_from_address_to_account(backend: Backend) -> None:
    async def story() -> None:
        login = Login(Network())
        server = await login.find_server(backend.url)
        await login.send_password(server, "camille.martin", backend.entries[0].password)
        with pytest.raises(Rejected) as caught:
            await login.send_code("000000")
        assert caught.value.reason is Reason.WRONG_CODE
        backend.ahead += 30
        await login.resend_code()
        account = await login.send_code(backend.letters[-1].code)
        assert account.refresh_token
        with pytest.raises(Rejected) as caught:
            await login.send_code(backend.letters[-1].code)
        assert caught.value.reason is Reason.EXPIRED_CODE

    asyncio.run(story())


def test_a_session_to_confirm_needs_a_code_only(backend: Backend) -> None:
    async def story() -> None:
        account = await backend.enrol()
        backend.ahead += 31 * 86_400
        login = Login(Network())
        await login.ask_code(account)
        assert (await login.send_code(backend.letters[-1].code)).refresh_token != account.refresh_token

    asyncio.run(story())


def test_a_code_without_a_password_before_is_too_late() -> None:
    with pytest.raises(Rejected) as caught:
        asyncio.run(Login(Network()).resend_code())
    assert caught.value.reason is Reason.EXPIRED_CODE


def test_a_plain_server_takes_no_password() -> None:
    server = ServerAccount(fhir_base="https://sante.example/fhir", sign_in=SignIn.PLAIN)
    with pytest.raises(NotAllowed):
        asyncio.run(Login(Network()).send_password(server, "u", "p"))


def make_smart_server(url: str) -> ServerAccount:
    return ServerAccount(
        fhir_base=f"{url}/fhir",
        sign_in=SignIn.SMART,
        authorization_endpoint=f"{url}/authorize",
        token_endpoint=f"{url}/token",
        client_id="mes-carnets",
    )


def agree(asked: Asked) -> Say:
    """The person says yes: the browser is sent back."""
    back = f"{asked.query['redirect_uri']}?code=c1&state={asked.query['state']}"
    return Say(b"", 302, {"location": back})


async def browse(address: str) -> None:
    """What the browser of the system does."""
    async with httpx.AsyncClient(follow_redirects=True) as browser:
        await browser.get(address)


def test_a4_a_sign_in_in_the_browser_comes_back_with_an_account() -> None:
    server = make_plain_server("Observation")
    server.paths["/authorize"] = agree
    server.paths["/token"] = Say(
        {"access_token": "a1", "token_type": "bearer", "patient": "p1"}, content_type="application/json"
    )
    login = Login(Network(), lambda: open_redirects("Revenez à Mes carnets."))
    with served(server) as url:
        account = asyncio.run(login.use_browser(make_smart_server(url), browse))
    assert account.patients == ("p1",)


def test_signing_in_again_for_somebody_else_is_refused() -> None:
    server = make_plain_server("Observation")
    server.paths["/authorize"] = agree
    server.paths["/token"] = Say(
        {"access_token": "a1", "token_type": "bearer", "patient": "p2"}, content_type="application/json"
    )
    login = Login(Network(), lambda: open_redirects("Revenez à Mes carnets."))
    with served(server) as url:
        known = make_smart_server(url).model_copy(update={"patients": ("p1",)})
        with pytest.raises(Rejected) as caught:
            asyncio.run(login.use_browser(known, browse))
    assert caught.value.reason is Reason.OTHER_PATIENT


def test_a_sign_in_in_the_browser_may_be_given_up() -> None:
    async def story() -> None:
        waits = asyncio.Event()

        async def show(_address: str) -> None:
            waits.set()

        login = Login(Network(), lambda: open_redirects("Revenez à Mes carnets."))
        signing = asyncio.create_task(login.use_browser(make_smart_server("https://sante.example"), show))
        await waits.wait()
        signing.cancel()
        with suppress(asyncio.CancelledError):
            await signing
        assert signing.cancelled()

    asyncio.run(story())


def test_without_a_way_back_no_browser_is_opened() -> None:
    async def refuse(_address: str) -> None:
        raise AssertionError("the browser was opened")

    with pytest.raises(NotAllowed):
        asyncio.run(Login(Network()).use_browser(make_smart_server("https://sante.example"), refuse))


@pytest.mark.parametrize("sign_in", [SignIn.CHALLENGE, SignIn.PLAIN])
def test_a_server_that_signs_in_elsewhere_opens_no_browser(sign_in: SignIn) -> None:
    async def refuse(_address: str) -> None:
        raise AssertionError("the browser was opened")

    server = make_smart_server("https://sante.example").model_copy(update={"sign_in": sign_in})
    login = Login(Network(), lambda: open_redirects("Revenez à Mes carnets."))
    with pytest.raises(NotAllowed):
        asyncio.run(login.use_browser(server, refuse))


def test_a_plain_server_is_connected_for_the_patients_it_knows() -> None:
    account = connect("p1")
    assert (account.sign_in, account.patients, account.bearer) == (SignIn.PLAIN, ("p1",), None)


def test_a_bearer_is_tried_at_once_and_kept() -> None:
    account = connect("p1", bearer="t")
    assert account.bearer
    assert account.bearer.get_secret_value() == "t"


@pytest.mark.parametrize(
    ("patients", "bearer", "reason"),
    [
        ([], None, Reason.MISSING),
        (["p1", "p2"], None, Reason.UNKNOWN_PATIENT),
        (["../metadata"], None, Reason.UNKNOWN_PATIENT),
        (["p1"], "wrong", Reason.SIGN_IN_AGAIN),
        (["p1"], "line\nbreak", Reason.NOT_ACCEPTED),
        (["p1"], "é", Reason.NOT_ACCEPTED),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(patients: list[str], bearer: str | None, reason: Reason) -> None:
    with pytest.raises(MesError) as caught:
        connect(*patients, bearer=bearer)
    assert caught.value.reason is reason
