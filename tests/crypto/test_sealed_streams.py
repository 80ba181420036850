import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.crypto.primitives import TAG_SIZE, make_secret
from mes_app.crypto.sealed_streams import CHUNK_SIZE, open_chunks, seal_chunks
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable

CONTEXT = b"context"
SEALED_CHUNK = CHUNK_SIZE + TAG_SIZE


def plain(length: int) -> bytes:
    return (bytes(range(251)) * (length // 251 + 1))[:length]


def seal(key: Secret, *pieces: bytes) -> bytes:
    return b"".join(seal_chunks(pieces, key, CONTEXT))


def read(sealed: bytes, key: Secret, context: bytes = CONTEXT) -> bytes:
    return b"".join(open_chunks(io.BytesIO(sealed), key, context))


def refuses(sealed: bytes, key: Secret, context: bytes = CONTEXT) -> bool:
    with pytest.raises(Unreadable) as caught:
        read(sealed, key, context)
    return caught.value.reason is Reason.DAMAGED


@given(st.lists(st.sampled_from([0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 2 * CHUNK_SIZE + 7]), max_size=4))
def test_bytes_come_back_whatever_pieces_they_came_in(lengths: list[int]) -> None:
    key, pieces = make_secret(), [plain(length) for length in lengths]
    sealed = seal(key, *pieces)
    whole = b"".join(pieces)
    assert read(sealed, key) == whole
    assert len(sealed) == len(whole) + TAG_SIZE * max(1, -(-len(whole) // CHUNK_SIZE))


def test_s3_another_key_context_or_order_a_cut_or_an_addition_is_refused() -> None:
    key = make_secret()
    sealed = seal(key, plain(3 * CHUNK_SIZE))
    first, second, third = (sealed[start : start + SEALED_CHUNK] for start in range(0, len(sealed), SEALED_CHUNK))
    assert refuses(sealed, make_secret())
    assert refuses(sealed, key, b"another")
    assert refuses(second + first + third, key)
    assert refuses(first + third, key)
    assert refuses(first + second, key)
    assert refuses(sealed + b"x", key)
    assert refuses(sealed + third, key)
    assert refuses(b"", key)


def test_a_stream_is_sealed_and_opened_as_it_comes() -> None:
    key, asked = make_secret(), []

    def come() -> Iterator[bytes]:
        for number in range(9):
            asked.append(number)
            yield plain(CHUNK_SIZE)

    sealed = seal_chunks(come(), key, CONTEXT)
    next(sealed)
    assert asked == [0, 1, 2]
    file = io.BytesIO(seal(key, plain(9 * CHUNK_SIZE)))
    next(open_chunks(file, key, CONTEXT))
    assert file.tell() == 2 * SEALED_CHUNK
