from pathlib import Path

import pytest

from mes_app.errors import Reason, Rejected
from mes_app.services.import_files import Picked, Place, Shelf
from tests.formats.hostile_archives import GOOD, pack


def test_a_file_is_read_where_it_is_or_from_what_the_browser_gave(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Bonjour")
    with Shelf([Picked("a.txt", tmp_path / "a.txt"), Picked("b.txt", data=b"Bonsoir")]) as shelf:
        assert [shelf.read(Place(number)) for number in (0, 1)] == [b"Bonjour", b"Bonsoir"]
        assert shelf.archive(0) is None


def test_an_archive_is_opened_once_and_read_entry_by_entry(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack(GOOD))
    with Shelf([Picked("a.zip", tmp_path / "a.zip")]) as shelf:
        archive = shelf.archive(0)
        assert archive is not None
        assert shelf.archive(0) is archive
        assert shelf.read(Place(0, archive.entries[0])) == GOOD[1]


def test_a_file_of_an_office_is_no_archive() -> None:
    with Shelf([Picked("a.docx", data=pack(("[Content_Types].xml", b"<Types/>")))]) as shelf:
        assert shelf.archive(0) is None


@pytest.mark.parametrize("read", [lambda shelf: shelf.archive(0), lambda shelf: shelf.read(Place(0))])
def test_a_file_that_went_meanwhile_is_told(tmp_path: Path, read: object) -> None:
    with Shelf([Picked("a", tmp_path / "gone")]) as shelf, pytest.raises(Rejected, match=Reason.NO_SUCH_FILE):
        read(shelf)  # type: ignore[operator]


def test_no_more_than_asked_is_read() -> None:
    with Shelf([Picked("a", data=b"12345")]) as shelf:
        assert shelf.read(Place(0), 5) == b"12345"
        with pytest.raises(Rejected, match=Reason.TOO_BIG):
            shelf.read(Place(0), 4)
