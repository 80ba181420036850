"""What each process needs and none changes: loaded once, by the one that they are forked from.

It takes longer than all that they do before they are killed. Nothing else imports this.
"""

import anyio._backends._asyncio  # noqa: F401
import httpcore._async  # noqa: F401
import pytest  # noqa: F401 (each process imports again what started the tests)

import tests.sync.kills.lives  # noqa: F401
from mes_app.sync.networks import read_authorities

read_authorities()
