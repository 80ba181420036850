import signal
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from mes_app.crypto.durable_files import check_place, replace_file, sync_folder, write_file
from mes_app.errors import Reason, Rejected, Unreadable


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_s11_a_file_is_private_and_whole(tmp_path: Path) -> None:
    with replace_file(tmp_path / "file") as file:
        file.write(b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["file"]


def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(TypeError), replace_file(tmp_path / "file") as file:
        file.writelines(cast(list[bytes], [b"new", None]))
    assert (tmp_path / "file").read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_a_killed_writer_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    script = f"""
import os, signal
from pathlib import Path
from typing import cast
from mes_app.crypto.durable_files import replace_file
with replace_file(Path({str(tmp_path / "file")!r})) as file:
    file.write(b"new")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -signal.SIGKILL
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_full_disk_is_named_and_harms_nothing(tmp_path: Path) -> None:
    """Linux offers a device that is always full; a folder that is a file is any other refusal."""
    (tmp_path / "full.tmp").symlink_to("/dev/full")
    with pytest.raises(Unreadable) as caught, replace_file(tmp_path / "full") as file:
        file.write(b"new")
    assert caught.value.reason is Reason.DISK_FULL
    with pytest.raises(Unreadable) as caught, replace_file(tmp_path / "missing" / "file"):
        pass
    assert caught.value.reason is Reason.DAMAGED


def test_s11_a_file_written_in_its_place_is_private_and_its_faults_are_named(tmp_path: Path) -> None:
    with write_file(tmp_path / "file") as file:
        file.write(b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Unreadable) as caught, write_file(Path("/dev/full")) as file:
        file.write(b"new")
    assert caught.value.reason is Reason.DISK_FULL


def test_a_folder_is_synced_without_leaving_it_open(tmp_path: Path) -> None:
    before = len(names(Path("/proc/self/fd")))
    for _ in range(10):
        sync_folder(tmp_path)
    assert len(names(Path("/proc/self/fd"))) == before


@pytest.mark.parametrize("place", ["", "missing/file"])
def test_a_folder_or_a_place_in_none_is_told_before_anything_is_written(tmp_path: Path, place: str) -> None:
    check_place(tmp_path / "file")
    with pytest.raises(Rejected) as caught:
        check_place(tmp_path / place)
    assert caught.value.reason is Reason.NOT_WRITABLE
