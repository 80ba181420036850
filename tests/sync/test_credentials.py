import asyncio

import httpx

from mes_app.sync.credentials import Fixed
from mes_app.sync.wires import Answer


def test_a_fixed_token_is_sent_whatever_is_asked_and_nothing_without_one() -> None:
    assert asyncio.run(Fixed("t").sign("GET", "https://x/1")) == {"Authorization": "Bearer t"}
    assert asyncio.run(Fixed().sign("GET", "https://x/1")) == {}


def test_a_fixed_token_can_neither_learn_nor_be_renewed() -> None:
    assert not Fixed("t").learn(Answer(401, httpx.Headers(), b""))
    assert not asyncio.run(Fixed("t").renew({}))
