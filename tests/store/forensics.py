"""What whoever has the key reads in the file of a store page by page, whatever SQLite says is in it."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from mes_app.crypto.secret import Secret
from mes_app.store.openers import PAGE_SIZE

SALT, VECTOR, RESERVED = 16, 16, 80
"""Bytes that SQLCipher 4 puts at the start of the file, and those of a page for its vector, and at all."""


def read_pages(path: Path, key: Secret) -> bytes:
    """Every page of the store at ``path`` decrypted, those that nothing uses too. Its log is to be empty."""
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    data = path.read_bytes()
    pages = [data[start : start + PAGE_SIZE] for start in range(0, len(data), PAGE_SIZE)]
    return b"".join(_decrypt(page[SALT if number == 0 else 0 :], key) for number, page in enumerate(pages))


def _decrypt(page: bytes, key: Secret) -> bytes:
    held, vector = page[:-RESERVED], page[-RESERVED : VECTOR - RESERVED]
    decryptor = Cipher(algorithms.AES(bytes(key.view())), modes.CBC(vector)).decryptor()
    return decryptor.update(held) + decryptor.finalize()
