import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.errors import MesError, Reason, Rejected
from mes_app.formats.archives import LARGEST_DIRECTORY, open_archive
from tests.formats.hostile_archives import FAULTY, GOOD, OLD_NAMES, WHOLE, named, pack
from tests.formats.peaks import read_peak

SEED = pack(GOOD, ("Dossier/été.txt", os.urandom(40).hex().encode()), ("vide", b""))


def read_all(data: bytes) -> dict[str, bytes | Reason]:
    told: dict[str, bytes | Reason] = {}
    with open_archive(io.BytesIO(data)) as archive:
        for entry in archive.entries:
            try:
                told[entry.path] = archive.read(entry)
            except Rejected as error:
                told[entry.path] = error.reason
    return told


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_entry_tells_its_reason_beside_the_good_one(name: str) -> None:
    data, reason = FAULTY[name]
    told = read_all(data)
    assert told.pop(GOOD[0]) == GOOD[1]
    assert list(told.values()) == [reason]


@pytest.mark.parametrize("name", WHOLE)
def test_what_cannot_be_opened_safely_is_refused_as_a_whole(name: str) -> None:
    data, reason = WHOLE[name]
    with pytest.raises(Rejected) as refused:
        read_all(data)
    assert (refused.value.field, refused.value.reason) == ("file", reason)


@pytest.mark.parametrize("raw", OLD_NAMES)
def test_names_of_old_french_software_are_read_as_they_were_written(raw: bytes) -> None:
    assert list(read_all(named(raw))) == [OLD_NAMES[raw]]


def test_an_entry_is_found_whatever_its_capitals_and_its_accents_are_made_of() -> None:
    with open_archive(io.BytesIO(pack(("IHE_XDM/été.xml", b"x")))) as archive:
        assert archive.find("ihe_xdm/E\u0301te\u0301.XML")
        assert archive.find("other") is None


def test_folders_and_what_systems_leave_behind_are_passed_over() -> None:
    assert read_all(pack(("a/", b""), ("__MACOSX/._a", b"x"), ("a/.DS_Store", b"x"), ("a/b", b"b"))) == {"a/b": b"b"}


def test_a_list_of_entries_that_is_too_long_is_never_read_whole() -> None:
    comment = zipfile.ZipInfo("a")
    comment.comment = b"c" * 65_000
    data = pack(*((comment, b"") for _ in range(1)))
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    times = LARGEST_DIRECTORY // (end - start) + 1
    longer = bytearray(data[:start] + data[start:end] * times + data[end:])
    longer[-10:-6] = (times * (end - start)).to_bytes(4, "little")
    with pytest.raises(Rejected, match=Reason.OVERSIZED_ARCHIVE):
        read_all(bytes(longer))


def test_no_more_than_asked_is_read() -> None:
    with (
        open_archive(io.BytesIO(pack(("a", b"a" * 100)))) as archive,
        pytest.raises(Rejected, match=Reason.TOO_BIG),
    ):
        archive.read(archive.entries[0], 99)


@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=6)), min_size=1, max_size=8), st.booleans())
def test_a_mutated_archive_raises_nothing_but_our_errors_and_stays_within_bounds(
    changes: list[tuple[int, bytes]], cut: bool
) -> None:
    data = bytearray(SEED)
    for place, written in changes:
        data[place : place + len(written)] = written
    try:
        told = read_all(bytes(data[: changes[0][0]] if cut else data))
    except MesError:
        return
    assert len(told) <= 3 + len(changes)
    assert sum(len(value) for value in told.values() if isinstance(value, bytes)) < 1_000_000


def test_the_whole_corpus_is_read_within_bounds_of_memory() -> None:
    program = "from tests.formats.test_archives import use_corpus; use_corpus()"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 300_000_000


def use_corpus() -> None:
    for data, _ in [*FAULTY.values(), *WHOLE.values()]:
        try:
            read_all(data)
        except Rejected:
            continue
    print(read_peak())
