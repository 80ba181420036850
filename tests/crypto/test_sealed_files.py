from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mes_app.crypto.primitives import TAG_SIZE, make_secret
from mes_app.crypto.sealed_files import open_file, seal_file
from mes_app.crypto.sealed_streams import CHUNK_SIZE
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable

SEALED_CHUNK = CHUNK_SIZE + TAG_SIZE
LENGTHS = [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 3 * CHUNK_SIZE, 3 * CHUNK_SIZE + 7]


def plain(length: int) -> bytes:
    return (bytes(range(251)) * (length // 251 + 1))[:length]


def write(folder: Path, length: int, name: str = "file") -> tuple[Path, Secret]:
    path, key = folder / name, make_secret()
    seal_file(path, key, [plain(length)])
    return path, key


def read(path: Path, key: Secret) -> bytes:
    return b"".join(open_file(path, key))


def refusal(path: Path, key: Secret) -> Reason:
    with pytest.raises(Unreadable) as caught:
        read(path, key)
    return caught.value.reason


@pytest.mark.parametrize("length", LENGTHS)
def test_contents_come_back_whole(tmp_path: Path, length: int) -> None:
    assert read(*write(tmp_path, length)) == plain(length)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 2 * CHUNK_SIZE), max_size=4))
def test_contents_come_back_whatever_pieces_they_came_in(lengths: list[int]) -> None:
    pieces = [plain(length) for length in lengths]
    with TemporaryDirectory() as folder:
        path, key = Path(folder, "file"), make_secret()
        seal_file(path, key, pieces)
        assert read(path, key) == b"".join(pieces)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LENGTHS), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
def test_s3_one_flipped_bit_anywhere_is_refused(length: int, place: float, bit: int) -> None:
    with TemporaryDirectory() as folder:
        path, key = write(Path(folder), length)
        damaged = bytearray(path.read_bytes())
        damaged[int(place * len(damaged))] ^= 1 << bit
        path.write_bytes(damaged)
        assert refusal(path, key) in (Reason.DAMAGED, Reason.NEWER_VERSION)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LENGTHS), st.floats(0, 1, exclude_max=True))
def test_s3_a_file_cut_anywhere_is_refused(length: int, place: float) -> None:
    with TemporaryDirectory() as folder:
        path, key = write(Path(folder), length)
        path.write_bytes(path.read_bytes()[: int(place * path.stat().st_size)])
        assert refusal(path, key) is Reason.DAMAGED


@pytest.mark.parametrize("chunks", [1, 2])
def test_s3_a_file_cut_between_two_chunks_is_refused(tmp_path: Path, chunks: int) -> None:
    path, key = write(tmp_path, 3 * CHUNK_SIZE)
    header = path.stat().st_size - 3 * SEALED_CHUNK
    path.write_bytes(path.read_bytes()[: header + chunks * SEALED_CHUNK])
    assert refusal(path, key) is Reason.DAMAGED


def test_s3_swapped_or_added_chunks_are_refused(tmp_path: Path) -> None:
    path, key = write(tmp_path, 3 * CHUNK_SIZE)
    whole = path.read_bytes()
    start = len(whole) - 3 * SEALED_CHUNK
    header, *chunks = whole[:start], *(whole[start + i * SEALED_CHUNK :][:SEALED_CHUNK] for i in range(3))
    for order in ((1, 0, 2), (0, 2, 1), (0, 1, 2, 2), (0, 0, 1, 2)):
        path.write_bytes(header + b"".join(chunks[i] for i in order))
        assert refusal(path, key) is Reason.DAMAGED
    path.write_bytes(whole + b"x")
    assert refusal(path, key) is Reason.DAMAGED


def test_a_file_under_another_name_or_key_is_refused(tmp_path: Path) -> None:
    path, key = write(tmp_path, 10)
    assert refusal(path, make_secret()) is Reason.DAMAGED
    assert refusal(path.rename(tmp_path / "elif"), key) is Reason.DAMAGED


def test_what_is_not_there_or_not_ours_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing", make_secret()) is Reason.DAMAGED
    (tmp_path / "text").write_bytes(plain(1000))
    assert refusal(tmp_path / "text", make_secret()) is Reason.DAMAGED


def test_a_file_of_a_newer_version_is_said_to_be_one(tmp_path: Path) -> None:
    path, key = write(tmp_path, 10)
    newer = bytearray(path.read_bytes())
    newer[7] += 1
    path.write_bytes(newer)
    assert refusal(path, key) is Reason.NEWER_VERSION


def test_s1_nothing_of_the_contents_is_on_the_disk(tmp_path: Path) -> None:
    path, key = tmp_path / "file", make_secret()
    seal_file(path, key, [b"canary" * 50_000])
    assert b"canary" not in path.read_bytes()
    assert bytes(key.view()) not in path.read_bytes()


def test_contents_that_stop_coming_leave_no_file(tmp_path: Path) -> None:
    def interrupted() -> Iterator[bytes]:
        yield plain(CHUNK_SIZE * 2)
        raise KeyError

    with pytest.raises(KeyError):
        seal_file(tmp_path / "file", make_secret(), interrupted())
    assert list(tmp_path.iterdir()) == []
