"""A key sealed under another key. Each envelope draws its own nonce; nothing here chooses, stores or names keys."""

from mes_app.crypto import primitives
from mes_app.crypto.secret import Secret


def seal_key(wrapping: Secret, key: Secret, context: bytes) -> tuple[bytes, bytes]:
    """The nonce and the sealed bytes of ``key``. They open only with the same ``wrapping`` key and ``context``."""
    nonce = primitives.make_bytes(primitives.NONCE_SIZE)
    return nonce, primitives.encrypt(wrapping, nonce, key.view(), context)


def open_key(wrapping: Secret, nonce: bytes, sealed: bytes, context: bytes) -> Secret:
    """The key that was sealed; Unreadable(DAMAGED) for another ``wrapping`` key or ``context``, or one changed bit."""
    return Secret(primitives.decrypt(wrapping, nonce, sealed, context))
