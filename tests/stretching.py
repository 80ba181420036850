"""Argon2id for hundreds of vaults: what one secret gave with one salt at one cost is not computed again.

The first time is real and so are salts: a copy of a vault opens in no time, a new one takes what it must.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from mes_app.crypto import primitives
from mes_app.crypto.secret import Secret

Asked = tuple[bytes, bytes, int, int, int]
Derived = dict[Asked, bytes]


@contextmanager
def stretch_once(derived: Derived, note: Callable[[tuple[Asked, bytes]], None] | None = None) -> Iterator[None]:
    """Until the block ends, ``derived`` holds all that this process derives; ``note`` hears of what is new in it."""
    derive = primitives.derive_argon2id

    def recall(secret: Secret, salt: bytes, *, memory_kib: int, passes: int, lanes: int) -> Secret:
        asked = (bytes(secret.view()), salt, memory_kib, passes, lanes)
        if asked not in derived:
            with derive(secret, salt, memory_kib=memory_kib, passes=passes, lanes=lanes) as key:
                derived[asked] = bytes(key.view())
            if note:
                note((asked, derived[asked]))
        return Secret(bytearray(derived[asked]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(primitives, "derive_argon2id", recall)
        yield
