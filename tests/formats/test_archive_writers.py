import hashlib
import io
from contextlib import suppress
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from mes_app.formats.archive_writers import ArchiveWriter

NOW = datetime(2026, 11, 22, 14, 5, 30, tzinfo=UTC)


def write(out: io.BytesIO, moment: datetime = NOW) -> ArchiveWriter:
    writer = ArchiveWriter(out, moment)
    writer.add("Léa/Résumé.pdf", b"%PDF-1.7", packed=False)
    with writer.begin("Léa/dossier.json") as pieces:
        pieces.write(b"{" * 500)
        pieces.write(b"}" * 500)
    writer.close()
    writer.close()
    return writer


def test_what_is_written_is_read_by_any_program_with_its_size_digest_and_date() -> None:
    out = io.BytesIO()
    writer = write(out)
    with ZipFile(out) as archive:
        assert archive.testzip() is None
        stored, packed = archive.infolist()
        assert (stored.filename, stored.compress_type) == ("Léa/Résumé.pdf", ZIP_STORED)
        assert (packed.filename, packed.compress_type) == ("Léa/dossier.json", ZIP_DEFLATED)
        assert packed.compress_size < 100
        assert stored.date_time == (2026, 11, 22, 14, 5, 30)
        assert stored.external_attr >> 16 == 0o100600
        told = {file.path: (file.size, file.sha256) for file in writer.files}
        for info in archive.infolist():
            data = archive.read(info)
            assert told[info.filename] == (len(data), hashlib.sha256(data).hexdigest())


def test_a_file_that_was_not_ended_does_not_count() -> None:
    writer = ArchiveWriter(io.BytesIO(), NOW)
    with suppress(InterruptedError), writer.begin("a") as pieces:
        pieces.write(b"half")
        raise InterruptedError
    writer.close()
    assert writer.files == []


def test_a_clock_before_the_first_date_of_a_zip_writes_that_date() -> None:
    out = io.BytesIO()
    write(out, datetime(1970, 1, 1, tzinfo=UTC))
    assert ZipFile(out).infolist()[0].date_time[0] == 1980
