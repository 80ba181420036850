"""What the login endpoints share, built once by ``create_app`` and passed on: no global holds any of it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from mes_backend.login.accounts import Passwords
from mes_backend.login.postmen import Postman
from mes_backend.login.proofs import Proofs
from mes_backend.settings import Settings


@dataclass(frozen=True)
class Desk:
    """``clock``: whole seconds since 1970."""

    settings: Settings
    engine: Engine
    clock: Callable[[], int]
    passwords: Passwords
    proofs: Proofs
    postman: Postman
