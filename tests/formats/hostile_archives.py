"""ZIP archives that are broken, hostile, or only old: made by hand where no program would make them."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable

from mes_app.errors import Reason

GOOD = ("Bilan.txt", b"Tout va bien")


def pack(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries:
            packed.writestr(name, data)
    return out.getvalue()


def beside(name: str | zipfile.ZipInfo, data: bytes = b"x") -> bytes:
    """An entry beside a good one."""
    return pack(GOOD, (name, data))


def special(kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("etc")
    info.external_attr = (kind | 0o777) << 16
    return info


def named(raw: bytes) -> bytes:
    """An entry whose name is these bytes, with no word on how they are to be read."""
    placeholder = b"N" * len(raw)
    return pack((placeholder.decode(), b"x")).replace(placeholder, raw)


def patched(data: bytes, change: Callable[[bytearray, int, int], None]) -> bytes:
    """``change`` hears where the second entry begins, and where it is in the list of entries."""
    patched_data = bytearray(data)
    change(patched_data, data.rfind(b"PK\x03\x04"), data.rfind(b"PK\x01\x02"))
    return bytes(patched_data)


def encrypted() -> bytes:
    def mark(data: bytearray, local: int, listed: int) -> None:
        data[local + 6] |= 1
        data[listed + 8] |= 1

    return patched(beside("secret.txt"), mark)


def wrong_sum() -> bytes:
    def spoil(data: bytearray, local: int, listed: int) -> None:
        data[local + 14] ^= 0xFF
        data[listed + 16] ^= 0xFF

    return patched(beside("abîmé.txt"), spoil)


def lying(size: int) -> bytes:
    """An entry that claims another size than it has."""

    def lie(data: bytearray, local: int, listed: int) -> None:
        data[local + 22 : local + 26] = data[listed + 24 : listed + 28] = struct.pack("<I", size)

    return patched(beside("gonflé.txt", b"z" * 3_000), lie)


def packed_otherwise(method: int) -> bytes:
    def rename(data: bytearray, local: int, listed: int) -> None:
        data[local + 8] = data[listed + 10] = method

    return patched(beside("autre.txt"), rename)


def overlapping(count: int) -> bytes:
    """A list of entries that are all the same bytes: small on the disk, large once unpacked."""
    size = 190_000
    once = pack(("a.txt", b"0" * size))
    start, end = once.find(b"PK\x01\x02"), once.find(b"PK\x05\x06")
    record = once[start:end]
    listed = b"".join(record.replace(b"a.txt", b"%05d" % number) for number in range(count))
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count & 0xFFFF, count & 0xFFFF, len(listed), start, 0)
    return once[:start] + listed + tail


def twice() -> bytes:
    return pack(GOOD, ("bilan.TXT", b"un autre"))


ZEROS = b"\0" * 2_000_000
FAULTY: dict[str, tuple[bytes, Reason]] = {
    "climbs": (beside("../../.profile"), Reason.UNSAFE_ENTRY),
    "climbs in the middle": (beside("a/../../b"), Reason.UNSAFE_ENTRY),
    "climbs backwards": (beside("..\\..\\b.exe"), Reason.UNSAFE_ENTRY),
    "absolute": (beside("/etc/passwd"), Reason.UNSAFE_ENTRY),
    "absolute backwards": (beside("\\\\server\\share"), Reason.UNSAFE_ENTRY),
    "of a drive": (beside("C:\\Windows\\b.dll"), Reason.UNSAFE_ENTRY),
    "of a stream": (beside("a.txt:hidden"), Reason.UNSAFE_ENTRY),
    "of two lines": (beside("a\nb.txt"), Reason.UNSAFE_ENTRY),
    "that writes backwards": (beside("a\u202efdp.exe"), Reason.UNSAFE_ENTRY),
    "too long a name": (beside("a" * 401), Reason.UNSAFE_ENTRY),
    "link": (beside(special(stat.S_IFLNK), b"/etc/passwd"), Reason.UNSAFE_ENTRY),
    "pipe": (beside(special(stat.S_IFIFO)), Reason.UNSAFE_ENTRY),
    "device": (beside(special(stat.S_IFBLK)), Reason.UNSAFE_ENTRY),
    "same name": (twice(), Reason.SAME_NAME),
    "encrypted": (encrypted(), Reason.ENCRYPTED_FILE),
    "packed otherwise": (packed_otherwise(97), Reason.FORMAT_NOT_ACCEPTED),
    "packed by bzip2": (packed_otherwise(zipfile.ZIP_BZIP2), Reason.FORMAT_NOT_ACCEPTED),
    "bomb": (beside("zeros", ZEROS), Reason.TOO_COMPLEX),
    "of four gigabytes": (lying(0xFFFFFFF0), Reason.TOO_BIG),
    "wrong sum": (wrong_sum(), Reason.DAMAGED_FILE),
    "larger than it says": (lying(10), Reason.DAMAGED_FILE),
    "smaller than it says": (lying(4_000), Reason.DAMAGED_FILE),
}
"""Archives of one good entry and one that is not."""

WHOLE: dict[str, tuple[bytes, Reason]] = {
    "empty": (b"", Reason.NOT_AN_ARCHIVE),
    "a text": (b"Bonjour", Reason.NOT_AN_ARCHIVE),
    "cut short": (pack(GOOD, ("a", b"a" * 999))[:-40], Reason.NOT_AN_ARCHIVE),
    "a list that leads nowhere": (pack(GOOD).replace(b"PK\x01\x02", b"PK\x01\x09"), Reason.NOT_AN_ARCHIVE),
    "a name in no writing": (
        pack(("é.txt", b"x")).replace("é".encode(), b"\xff\xfe"), Reason.NOT_AN_ARCHIVE,
    ),
    "entries over one another": (overlapping(2_000), Reason.OVERSIZED_ARCHIVE),
    "more entries than anybody has": (overlapping(120_001), Reason.OVERSIZED_ARCHIVE),
}  # fmt: skip

OLD_NAMES: dict[bytes, str] = {
    "Résultats d'été/échographie.pdf".encode("cp850"): "Résultats d'été/échographie.pdf",
    "Résultats d'été\\façade.pdf".encode("cp850"): "Résultats d'été/façade.pdf",
    "Résultats d'été/échographie.pdf".encode("cp1252"): "Résultats d'été/échographie.pdf",
    "Évaluation à Noël.pdf".encode("cp1252"): "Évaluation à Noël.pdf",
    "Résultats.pdf".encode(): "Résultats.pdf",
    b"Plain.pdf": "Plain.pdf",
}
"""Names that do not say how they are written: by DOS and old Windows, by Windows programs, by Unix and Mac."""
