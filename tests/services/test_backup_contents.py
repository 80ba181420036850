from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from mes_app.errors import Reason, Unreadable
from mes_app.services.backup_contents import CONTENTS, DATABASE, SETTINGS, Item, pack_files, unpack_files
from mes_app.store.ids import make_id


def ignore(_done: int, _total: int) -> None:
    """A progress that nobody looks at."""


def make_files(folder: Path, documents: int = 3) -> dict[str, Path]:
    """Files as a vault has them, of which one is empty."""
    names = [DATABASE, SETTINGS, *(f"{CONTENTS}/{make_id()}" for _ in range(documents))]
    files = {name: folder / str(number) for number, name in enumerate(names)}
    for number, path in enumerate(files.values()):
        path.write_bytes(bytes([number]) * (number * 100_000))
    return files


def cut(stream: bytes, size: int) -> Iterator[bytearray]:
    return (bytearray(stream[start : start + size]) for start in range(0, len(stream), size))


def unpack(folder: Path, stream: bytes, size: int = 65_536) -> dict[str, bytes]:
    """What lands in ``folder``."""
    unpack_files(cut(stream, size), folder, ignore)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert (folder / CONTENTS).stat().st_mode & 0o777 == 0o700
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def refusal(folder: Path, stream: bytes) -> Reason:
    with pytest.raises(Unreadable) as caught:
        unpack_files(cut(stream, 65_536), folder, ignore)
    return caught.value.reason


def forge(*items: object, content: bytes = b"") -> bytes:
    """A stream that whoever knows the passphrase could seal."""
    listed = msgspec.json.encode(items)
    return len(listed).to_bytes(4, "big") + listed + content


@pytest.mark.parametrize("size", [3, 262_144, 999_999, 2_000_000])
def test_files_come_back_whatever_chunks_they_came_in(tmp_path: Path, size: int) -> None:
    files = make_files(tmp_path)
    (target := tmp_path / "target").mkdir()
    stream = b"".join(pack_files(files, tmp_path, ignore))
    assert unpack(target, stream, size) == {name: path.read_bytes() for name, path in files.items()}


def test_the_progress_goes_from_the_first_byte_to_the_last_both_ways(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    files = make_files(tmp_path)
    stream = b"".join(pack_files(files, tmp_path, lambda done, total: told.append((done, total))))
    packed, told = told, []
    (tmp_path / "target").mkdir()
    unpack_files(cut(stream, 65_536), tmp_path / "target", lambda done, total: told.append((done, total)))
    for progress in (packed, told):
        assert [done for done, _ in progress] == sorted({done for done, _ in progress})
        assert {total for _, total in progress} == {1_000_000}
        assert progress[-1] == (1_000_000, 1_000_000)


@pytest.mark.parametrize(
    "name",
    [
        "../vault.db",
        "/etc/passwd",
        "documents/../keys.json",
        "documents/..",
        "documents/",
        "documents/0190163d-8694-739b-aea5-966c26f8ad9\n",
        "documents/0190163d-8694-739b-aea5-966c26f8ad91/x",
        "documents\\0190163d-8694-739b-aea5-966c26f8ad91",
        "vault.db\n",
        "vault.db-wal",
        "keys.json",
        "emergency.sealed",
        "x" * 100_000,
        "",
        None,
    ],
)
def test_only_files_of_a_vault_are_written_whatever_the_list_says(tmp_path: Path, name: object) -> None:
    (drafts := tmp_path / "drafts").mkdir()
    stream = forge(Item(DATABASE, 1), {"name": name, "size": 1}, content=b"ab")
    assert refusal(drafts, stream) is Reason.DAMAGED
    assert list(tmp_path.rglob("*")) == [drafts]


@pytest.mark.parametrize(
    "stream",
    [
        b"",
        b"\0\0",
        b"\xff\xff\xff\xff" + b"[]",
        b"\0\0\0\x02[]",
        b"\0\0\0\x02{}",
        b"\0\0\0\x02\xff\xff",
        b"\0\0\0\x09[]",
        forge(Item(SETTINGS, 0)),
        forge(Item(DATABASE, 0), Item(DATABASE, 0)),
        forge({"name": DATABASE, "size": -1}),
        forge({"name": DATABASE, "size": 1.5}),
        forge({"name": DATABASE, "size": 0, "link": "keys.json"}),
        forge([[[DATABASE]]]),
        forge(Item(DATABASE, 3), content=b"ab"),
        forge(Item(DATABASE, 1), content=b"ab"),
    ],
)
def test_any_other_stream_is_refused(tmp_path: Path, stream: bytes) -> None:
    assert refusal(tmp_path, stream) is Reason.DAMAGED


def test_what_finds_no_room_is_not_begun(tmp_path: Path) -> None:
    files = make_files(tmp_path)
    with files[DATABASE].open("wb") as file:
        file.truncate(1 << 42)  # it takes no room itself
    with pytest.raises(Unreadable) as caught:
        next(pack_files(files, tmp_path, ignore))
    assert caught.value.reason is Reason.DISK_FULL


def test_what_finds_no_room_is_not_restored(tmp_path: Path) -> None:
    assert refusal(tmp_path, forge(Item(DATABASE, 1 << 60))) is Reason.DISK_FULL
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_became_shorter_is_not_packed_as_if_it_were_whole(tmp_path: Path) -> None:
    files = make_files(tmp_path)
    stream = pack_files(files, tmp_path, ignore)
    next(stream)
    files[SETTINGS].write_bytes(b"")
    with pytest.raises(Unreadable) as caught:
        list(stream)
    assert caught.value.reason is Reason.DAMAGED
