"""A real login server, with a clock that tests move and one account of each kind of code."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mes_backend.database import make_engine, metadata, writing
from mes_backend.login.accounts import Account, Passwords, add_account
from mes_backend.login.desk import Desk
from mes_backend.login.proofs import Proofs
from mes_backend.settings import Settings
from tests.backend.login.scene import PASSWORD, TOTP_SECRET, Mailbox, build_app
from tests.backend.login.strict_client import StrictClient
from tests.backend.serving import QUICK_HASHER, Clock, served


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, mailbox: Mailbox) -> Iterator[Desk]:
    """A login over two accounts: ``camille`` gets codes by mail, ``alex`` reads an authenticator."""
    settings = Settings("http://127.0.0.1", f"sqlite:///{tmp_path}/login.db")
    engine = make_engine(settings.database, lasting=False)
    metadata.create_all(engine)
    passwords = Passwords(QUICK_HASHER)
    stored = passwords.hash(PASSWORD)
    with writing(engine) as con:
        add_account(con, Account("camille", "p-camille", stored, email="camille@famille.example"))
        add_account(con, Account("alex", "p-alex", stored, totp_secret=TOTP_SECRET))
    yield Desk(settings, engine, clock, passwords, Proofs(settings.public_url, clock), mailbox)
    engine.dispose()


@pytest.fixture
def url(desk: Desk) -> Iterator[str]:
    with served(lambda url: build_app(desk, url)) as address:
        yield address


@pytest.fixture
def client(url: str) -> Iterator[StrictClient]:
    client = StrictClient(url)
    yield client
    client.close()
