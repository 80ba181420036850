"""Builds the server from its settings: the only place that joins login, records and the demonstration's letterbox."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.middleware.trustedhost import TrustedHostMiddleware

from mes_backend import outbox
from mes_backend.database import make_engine, metadata
from mes_backend.fhir import routes as records
from mes_backend.fhir.store import Store
from mes_backend.login import routes as login
from mes_backend.login.access import current_access
from mes_backend.login.accounts import Passwords
from mes_backend.login.desk import Desk
from mes_backend.login.postmen import SmtpPostman
from mes_backend.login.proofs import Proofs
from mes_backend.outbox import Letter, Outbox
from mes_backend.settings import Settings


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], float] = time.time,
    hasher: PasswordHasher | None = None,
    announce: Callable[[Letter], None] = lambda _letter: None,
) -> FastAPI:
    """The server as an ASGI app. ``announce`` hears of every code that no SMTP server carries."""
    engine = open_database(settings.database, lasting=not settings.demo)

    @asynccontextmanager
    async def close_engine(_app: FastAPI) -> AsyncIterator[None]:
        yield
        engine.dispose()

    # No generated documentation pages: they load scripts from elsewhere.
    app = FastAPI(openapi_url=None, lifespan=close_engine)
    letters = Outbox(announce, clock)
    login.install(app, _make_desk(settings, engine, lambda: int(clock()), Passwords(hasher), letters))
    store = Store(engine, lambda: datetime.fromtimestamp(clock(), UTC))
    records.install(app, store, settings.fhir_base, current_access)
    if settings.demo:
        outbox.install(app, letters)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list_hosts(settings.public_url))
    return app


def open_database(url: str, *, lasting: bool = True) -> Engine:
    """The database with every table of login and records; ``lasting`` as ``make_engine`` says."""
    engine = make_engine(url, lasting=lasting)
    metadata.create_all(engine)
    return engine


def list_hosts(public_url: str) -> list[str]:
    """The names under which the server answers: a page of another site that resolves to it gets nothing."""
    host = urlsplit(public_url).hostname or ""
    return [host, "localhost"] if host == "127.0.0.1" else [host]


def _make_desk(
    settings: Settings, engine: Engine, clock: Callable[[], int], passwords: Passwords, letters: Outbox
) -> Desk:
    postman = SmtpPostman(settings.mail) if settings.mail else letters
    return Desk(settings, engine, clock, passwords, Proofs(settings.public_url, clock), postman)
