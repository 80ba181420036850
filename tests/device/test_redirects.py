import asyncio

import httpx

from mes_app.device.redirects import Redirects, open_redirects

WORDS = "Revenez à Mes carnets."


async def visit(redirects: Redirects, *addresses: str) -> list[httpx.Response]:
    async with httpx.AsyncClient() as browser:
        return [await browser.get(address) for address in addresses]


def test_a4_the_browser_is_met_once_on_this_machine_at_an_address_nobody_can_guess() -> None:
    async def story() -> None:
        async with open_redirects(WORDS) as first, open_redirects(WORDS) as second:
            assert httpx.URL(first.address).host == "127.0.0.1"
            assert httpx.URL(first.address).path != httpx.URL(second.address).path
            elsewhere = str(httpx.URL(first.address).copy_with(path="/"))
            strange, met, late = await visit(
                first, f"{elsewhere}?code=stolen", f"{first.address}?code=c1&state=s1", f"{first.address}?code=c2"
            )
            assert (strange.status_code, met.status_code, late.status_code) == (404, 200, 200)
            assert await first.wait() == f"{httpx.URL(first.address).path}?code=c1&state=s1"

    asyncio.run(story())


def test_the_page_tells_to_go_back_and_lets_nothing_leak() -> None:
    async def story() -> None:
        async with open_redirects(WORDS) as redirects:
            (page,) = await visit(redirects, f"{redirects.address}?code=c1")
            assert WORDS in page.text
            assert "c1" not in page.text
            assert page.headers["referrer-policy"] == "no-referrer"
            assert page.headers["cache-control"] == "no-store"

    asyncio.run(story())


def test_what_is_no_request_does_not_end_the_wait() -> None:
    async def story() -> None:
        async with open_redirects(WORDS) as redirects:
            port = httpx.URL(redirects.address).port
            for said in (b"\x16\x03\x01 nonsense\r\n\r\n", b"", b"A" * 40_000):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(said)
                writer.close()
            posted = httpx.AsyncClient()
            async with posted:
                assert (await posted.post(redirects.address, data={"code": "c0"})).status_code == 404
            await visit(redirects, f"{redirects.address}?code=c1")
            assert (await redirects.wait()).endswith("code=c1")

    asyncio.run(story())


def test_a_sign_in_that_is_over_is_met_no_more() -> None:
    async def story() -> httpx.AsyncClient:
        async with open_redirects(WORDS) as redirects:
            address = redirects.address
        async with httpx.AsyncClient() as browser:
            try:
                await browser.get(address)
            except httpx.ConnectError:
                return browser
        raise AssertionError("somebody listens still")

    asyncio.run(story())
