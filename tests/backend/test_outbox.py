"""The page of codes, as a person meets it."""

import asyncio
from pathlib import Path

import httpx
import pyotp

from mes_backend.app import create_app
from mes_backend.database import writing
from mes_backend.login.accounts import Account, add_account
from mes_backend.outbox import Letter, Outbox
from mes_backend.settings import Settings
from tests.backend.serving import QUICK_HASHER, Clock, served

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_the_page_shows_sent_codes_newest_first_and_those_of_authenticators(tmp_path: Path) -> None:
    clock = Clock()
    database = f"sqlite:///{tmp_path}/server.db"
    app = create_app(Settings("http://127.0.0.1", database, demo=True), clock=clock, hasher=QUICK_HASHER)
    with writing(app.state.desk.engine) as con:
        add_account(con, Account("alex<b>", "p", "hash", totp_secret=SECRET))
    for code in ("111222", "333444"):
        asyncio.run(app.state.outbox.deliver("camille", "camille@famille.example", code, 5))
    with served(lambda _url: app) as url:
        answer = httpx.get(f"{url}/demo/outbox")
    shown = pyotp.TOTP(SECRET).at(clock.now)
    places = [answer.text.find(f"{code[:3]} {code[3:]}") for code in ("333444", "111222", shown)]
    assert -1 not in places
    assert places == sorted(places)
    assert "alex&lt;b&gt;" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_each_letter_is_announced(tmp_path: Path) -> None:
    heard: list[Letter] = []
    outbox = Outbox(heard.append, Clock())
    asyncio.run(outbox.deliver("camille", "camille@famille.example", "042137", 5))
    assert [(letter.user, letter.code) for letter in heard] == [("camille", "042137")]
    assert list(outbox.letters) == heard
