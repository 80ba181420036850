import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mes_app.crypto.backup_files import COST, open_backup, seal_backup, unwrap_backup_key
from mes_app.crypto.costs import FLOOR
from mes_app.crypto.primitives import TAG_SIZE, make_secret
from mes_app.crypto.sealed_files import seal_file
from mes_app.crypto.sealed_streams import CHUNK_SIZE
from mes_app.crypto.secret import Secret
from mes_app.errors import Locked, MesError, Reason, Unreadable

PASSPHRASE = "quatre mots au hasard"
HEADER, HASHED = 130, 98
MEMORY, PASSES, LENGTH = slice(8, 12), slice(12, 13), slice(90, 98)
SEALED_CHUNK = CHUNK_SIZE + TAG_SIZE


def plain(length: int) -> bytes:
    return (bytes(range(251)) * (length // 251 + 1))[:length]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A backup of three chunks; its key is 32 bytes of 7."""
    return write(tmp_path_factory.mktemp("whole") / "backup", plain(2 * CHUNK_SIZE + 9)).read_bytes()


def write(path: Path, *chunks: bytes, passphrase: str = PASSPHRASE) -> Path:
    with make_key() as key:
        seal_backup(path, key, passphrase, chunks, cost=FLOOR)
    return path


def make_key() -> Secret:
    return Secret(bytearray([7]) * 32)


def read(path: Path, passphrase: str = PASSPHRASE) -> bytes:
    with unwrap_backup_key(path, passphrase) as key:
        return b"".join(open_backup(path, key))


def refusal(path: Path, passphrase: str = PASSPHRASE) -> Reason:
    with pytest.raises(MesError) as caught:
        read(path, passphrase)
    return caught.value.reason


def refusal_with_key(content: bytes) -> Reason:
    """Why it is refused to whoever has the key already: no guess is paid for."""
    with TemporaryDirectory() as folder, make_key() as key:
        (path := Path(folder, "backup")).write_bytes(content)
        with pytest.raises(Unreadable) as caught:
            list(open_backup(path, key))
        return caught.value.reason


def edit(whole: bytes, place: slice, value: bytes) -> bytes:
    """A backup whose header was rewritten with care: the SHA-256 is right."""
    changed = bytearray(whole)
    changed[place] = value
    changed[HASHED:HEADER] = hashlib.sha256(changed[:HASHED]).digest()
    return bytes(changed)


@pytest.mark.parametrize("length", [0, 1, CHUNK_SIZE, 2 * CHUNK_SIZE + 1])
def test_what_was_sealed_comes_back_with_its_key(tmp_path: Path, length: int) -> None:
    path = write(tmp_path / "backup", plain(length))
    with unwrap_backup_key(path, PASSPHRASE) as key:
        assert key.view() == make_key().view()
        assert b"".join(open_backup(path, key)) == plain(length)


def test_a_wrong_passphrase_is_told_from_damage(tmp_path: Path, whole: bytes) -> None:
    (path := tmp_path / "backup").write_bytes(whole)
    with pytest.raises(Locked) as caught:
        unwrap_backup_key(path, PASSPHRASE + "s")
    assert caught.value.reason is Reason.WRONG_PASSPHRASE
    assert path.read_bytes() == whole


def test_a_passphrase_opens_whatever_keyboard_wrote_it(tmp_path: Path) -> None:
    path = write(tmp_path / "backup", b"x", passphrase="été à Ｌa Baule")
    assert read(path, "e\u0301te\u0301 a\u0300 La Baule") == b"x"


def test_s6_a_guess_costs_more_than_the_floor(tmp_path: Path, whole: bytes) -> None:
    assert COST.m >= 4 * FLOOR.m
    assert (COST.t, COST.p) >= (FLOOR.t, FLOOR.p)
    assert int.from_bytes(whole[MEMORY], "big") == FLOOR.m


@pytest.mark.parametrize(
    ("place", "value"), [(MEMORY, FLOOR.m - 1), (PASSES, FLOOR.t - 1), (MEMORY, 1 << 30), (PASSES, 255)]
)
def test_s6_a_cost_edited_below_the_floor_or_beyond_reason_is_refused(
    tmp_path: Path, whole: bytes, place: slice, value: int
) -> None:
    edited = edit(whole, place, value.to_bytes(place.stop - place.start, "big"))
    (tmp_path / "backup").write_bytes(edited)
    assert refusal(tmp_path / "backup") is Reason.DAMAGED


def test_s6_parameters_are_bound_to_the_key(tmp_path: Path, whole: bytes) -> None:
    (tmp_path / "backup").write_bytes(edit(whole, PASSES, bytes([FLOOR.t + 1])))
    assert refusal(tmp_path / "backup") is Reason.WRONG_PASSPHRASE
    assert refusal_with_key(edit(whole, PASSES, bytes([FLOOR.t + 1]))) is Reason.DAMAGED


def test_a_cost_that_this_device_cannot_bear_is_said(tmp_path: Path, whole: bytes) -> None:
    (path := tmp_path / "backup").write_bytes(edit(whole, MEMORY, (2 << 20).to_bytes(4, "big")))
    program = f"""
import resource
from pathlib import Path
from mes_app.crypto.backup_files import unwrap_backup_key
from mes_app.errors import Unreadable
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
try:
    unwrap_backup_key(Path({str(path)!r}), {PASSPHRASE!r})
except Unreadable as error:
    print(error.reason)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == Reason.NO_MEMORY


@settings(max_examples=200)
@given(st.floats(0, 1, exclude_max=True))
def test_s3_a_file_cut_anywhere_is_told_to_be_cut(whole: bytes, place: float) -> None:
    assert refusal_with_key(whole[: int(place * len(whole))]) is Reason.TRUNCATED


@pytest.mark.parametrize("size", [0, 1, 7, 8, HASHED, HEADER - 1, HEADER, HEADER + SEALED_CHUNK])
def test_s3_a_file_cut_at_a_seam_is_told_to_be_cut(tmp_path: Path, whole: bytes, size: int) -> None:
    (tmp_path / "backup").write_bytes(whole[:size])
    assert refusal(tmp_path / "backup") is Reason.TRUNCATED
    assert refusal_with_key(whole[:size]) is Reason.TRUNCATED


@settings(max_examples=200)
@given(st.one_of(st.integers(0, HEADER - 1), st.integers(HEADER, HEADER + 2 * CHUNK_SIZE)), st.integers(0, 7))
def test_s3_one_flipped_bit_anywhere_is_refused(whole: bytes, place: int, bit: int) -> None:
    damaged = bytearray(whole)
    damaged[place] ^= 1 << bit
    expected = {Reason.DAMAGED}
    if place < 7:
        expected = {Reason.NOT_A_BACKUP}
    elif place == 7:  # the version
        expected = {Reason.NEWER_VERSION, Reason.DAMAGED}
    assert refusal_with_key(bytes(damaged)) in expected


@settings(max_examples=50)
@given(st.integers(0, HEADER - 1), st.integers(0, 7))
def test_s3_a_damaged_header_is_not_taken_for_a_wrong_passphrase(whole: bytes, place: int, bit: int) -> None:
    damaged = bytearray(whole)
    damaged[place] ^= 1 << bit
    with TemporaryDirectory() as folder:
        (path := Path(folder, "backup")).write_bytes(damaged)
        with pytest.raises(Unreadable):
            unwrap_backup_key(path, PASSPHRASE)


def test_s3_swapped_lost_or_added_chunks_are_refused(whole: bytes) -> None:
    header, sealed = whole[:HEADER], whole[HEADER:]
    first, second, third = (sealed[start : start + SEALED_CHUNK] for start in range(0, len(sealed), SEALED_CHUNK))
    assert refusal_with_key(header + second + first + third) is Reason.DAMAGED
    assert refusal_with_key(whole + b"x") is Reason.DAMAGED
    for order in ([first, second], [first, third], [first, second, third, third]):
        content = header + b"".join(order)
        assert refusal_with_key(edit(content, LENGTH, len(content).to_bytes(8, "big"))) is Reason.DAMAGED


def test_a_backup_of_a_newer_version_is_said_to_be_one(tmp_path: Path, whole: bytes) -> None:
    (tmp_path / "backup").write_bytes(whole[:7] + b"\x02" + b"whatever comes then")
    assert refusal(tmp_path / "backup") is Reason.NEWER_VERSION


def test_what_is_not_a_backup_is_said_not_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"Bonjour, voici un fichier.")
    (tmp_path / "zeros").write_bytes(bytes(1000))
    (tmp_path / "folder").mkdir()
    seal_file(tmp_path / "document", make_secret(), [b"x"])
    for name in ("text", "zeros", "folder", "document", "missing"):
        assert refusal(tmp_path / name) is Reason.NOT_A_BACKUP


def test_two_backups_have_nothing_in_common_but_their_form(tmp_path: Path, whole: bytes) -> None:
    again = write(tmp_path / "backup", plain(2 * CHUNK_SIZE + 9)).read_bytes()
    assert (again[:14], len(again)) == (whole[:14], len(whole))
    assert sum(one == other for one, other in zip(again[14:90], whole[14:90], strict=True)) < 20


def test_s1_neither_content_nor_key_nor_passphrase_is_in_the_file(tmp_path: Path) -> None:
    content = write(tmp_path / "backup", b"canary" * 50_000).read_bytes()
    assert b"canary" not in content
    assert bytes(make_key().view()) not in content
    assert PASSPHRASE.encode() not in content
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600


def test_chunks_that_stop_coming_leave_what_was_there(tmp_path: Path) -> None:
    def interrupted() -> Iterator[bytes]:
        yield plain(CHUNK_SIZE * 2)
        raise KeyError

    (path := tmp_path / "backup").write_bytes(b"the last one")
    with pytest.raises(KeyError), make_key() as key:
        seal_backup(path, key, PASSPHRASE, interrupted(), cost=FLOOR)
    assert path.read_bytes() == b"the last one"
    assert [file.name for file in tmp_path.iterdir()] == ["backup"]
