"""The demonstration's letterbox: one-time codes kept in memory and shown on a page, so that nobody needs a mailbox.

It shows codes to whoever reaches the port: the page exists only in the demonstration, which stays on this machine.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape

import pyotp
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import HTMLResponse

from mes_backend.database import reading
from mes_backend.login.accounts import list_authenticators
from mes_backend.login.desk import Desk

REFRESH_SECONDS = 3
KEPT = 20

router = APIRouter()


@dataclass(frozen=True)
class Letter:
    """One code on its way to its owner; ``at`` is the hour it left, in the time zone of this machine."""

    user: str
    address: str
    code: str
    at: datetime


class Outbox:
    """A ``Postman`` that keeps the letters, the newest first, and tells ``announce`` of each."""

    def __init__(self, announce: Callable[[Letter], None], clock: Callable[[], float]) -> None:
        self.letters: deque[Letter] = deque(maxlen=KEPT)
        self._announce = announce
        self._clock = clock

    async def deliver(self, user: str, address: str, code: str, _minutes: int) -> None:
        """As ``Postman.deliver``."""
        letter = Letter(user, address, code, datetime.fromtimestamp(self._clock()).astimezone())
        self.letters.appendleft(letter)
        self._announce(letter)


def install(app: FastAPI, outbox: Outbox) -> None:
    """Show ``outbox`` at ``/demo/outbox``."""
    app.state.outbox = outbox
    app.include_router(router)


@router.get("/demo/outbox")
def get_outbox(request: Request) -> HTMLResponse:
    """The codes sent, and what the authenticators of the other accounts show now."""
    desk: Desk = request.app.state.desk
    outbox: Outbox = request.app.state.outbox
    with reading(desk.engine) as con:
        authenticators = list_authenticators(con)
    cards = [_card(sent.user, f"Courriel à {sent.address}", sent.code, f"{sent.at:%X}") for sent in outbox.letters]
    cards += [
        _card(account.user, "Application d’authentification", _read_totp(account.totp_secret or "", desk.clock()), "")
        for account in authenticators
    ]
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return HTMLResponse(_PAGE.format(seconds=REFRESH_SECONDS, cards="\n".join(cards)), headers=headers)


def _read_totp(secret: str, now: int) -> str:
    return pyotp.TOTP(secret).at(now)


def _card(user: str, way: str, code: str, hour: str) -> str:
    spoken = f"{code[:3]} {code[3:]}"
    return _CARD.format(user=escape(user), way=escape(way), code=escape(spoken), hour=hour)


_CARD = """<li>
<div><strong>{user}</strong><span>{way}</span></div>
<div><b>{code}</b><time>{hour}</time></div>
</li>"""

_PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{seconds}">
<title>Codes de la démonstration</title>
<style>
:root {{ color-scheme: light dark; font: 1.05rem/1.5 system-ui, sans-serif; }}
body {{ max-width: 34rem; margin: 3rem auto; padding: 0 1.25rem; }}
h1 {{ font-size: 1.6rem; margin: 0; }}
p {{ margin: .5rem 0 1.5rem; opacity: .75; }}
ul {{ list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }}
li {{ display: flex; justify-content: space-between; gap: 1rem; padding: 1rem 1.25rem;
  border: 1px solid #8884; border-radius: .75rem; }}
div {{ display: grid; }}
div + div {{ justify-items: end; }}
span, time {{ font-size: .9rem; opacity: .75; }}
b {{ font-size: 1.5rem; font-variant-numeric: tabular-nums; letter-spacing: .05em; }}
</style>
</head>
<body>
<h1>Codes de la démonstration</h1>
<p>Les codes à usage unique arrivent ici, le plus récent en haut. Chacun ne sert qu’une fois.</p>
<ul aria-live="polite">
{cards}
</ul>
</body>
</html>
"""
