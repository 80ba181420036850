import pytest

from mes_app.crypto.envelope import open_key, seal_key
from mes_app.crypto.primitives import make_secret
from mes_app.errors import Unreadable


def test_a_sealed_key_is_opened_by_the_key_that_sealed_it() -> None:
    wrapping, key = make_secret(), make_secret()
    nonce, sealed = seal_key(wrapping, key, b"context")
    assert bytes(key.view()) not in sealed
    assert open_key(wrapping, nonce, sealed, b"context").view() == key.view()


def test_another_key_or_context_opens_nothing() -> None:
    wrapping, key = make_secret(), make_secret()
    nonce, sealed = seal_key(wrapping, key, b"context")
    for other, context in ((make_secret(), b"context"), (wrapping, b"other")):
        with pytest.raises(Unreadable):
            open_key(other, nonce, sealed, context)


def test_each_envelope_has_its_own_nonce() -> None:
    wrapping, key = make_secret(), make_secret()
    assert len({seal_key(wrapping, key, b"")[0] for _ in range(50)}) == 50
