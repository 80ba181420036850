"""A corpus of files that want harm, or are broken: made here, byte by byte, so that none lies about in a repository.

Each is a name and bytes; ``REFUSED`` are not to be kept at all, the others are kept without what acts.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from mes_app.errors import Reason
from tests.services.family import image, pdf

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every antivirus program knows as harmless and reports all the same: a text, which does nothing here."""
GOOD = pdf("Bilan")


def script() -> DictionaryObject:
    return action("/JavaScript", JS=TextStringObject("app.alert(1)"))


def action(kind: str, **more: object) -> DictionaryObject:
    named = {NameObject(f"/{name}"): value for name, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(kind), **named})


def change(writer_change: Callable[[PdfWriter], None]) -> bytes:
    """A good PDF into which something was put."""
    writer = PdfWriter(clone_from=io.BytesIO(GOOD))
    writer_change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def at_root(name: str, value: object) -> bytes:
    return change(lambda writer: writer.root_object.update({NameObject(name): value}))


def on_page(name: str, value: object) -> bytes:
    return change(lambda writer: writer.pages[0].update({NameObject(name): value}))


def with_note(**entries: object) -> bytes:
    rectangle = ArrayObject(NumberObject(side) for side in (0, 0, 9, 9))
    fixed = {"/Type": NameObject("/Annot"), "/Rect": rectangle}
    note = DictionaryObject({NameObject(name): value for name, value in fixed.items()})
    note.update({NameObject(f"/{name}"): value for name, value in entries.items()})
    return on_page("/Annots", ArrayObject([note]))


def chained() -> DictionaryObject:
    """An action that only turns a page, and then runs a script."""
    return action("/Named", N=NameObject("/NextPage"), Next=ArrayObject([script()]))


def endless() -> bytes:
    """An action that follows itself."""

    def put(writer: PdfWriter) -> None:
        first = action("/Named")
        reference = writer._add_object(first)
        first[NameObject("/Next")] = reference
        writer.root_object[NameObject("/OpenAction")] = reference

    return change(put)


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is the root."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
    return bytes(out)


ROOT = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"


def pages_of(kids: bytes, count: int = 1) -> bytes:
    return b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids)


def many_pages() -> bytes:
    """Ten levels of ten pages each that are the same: ten thousand million."""
    levels = [pages_of(b"%d 0 R " % (3 + level) * 10, 10**9) for level in range(10)]
    return raw_pdf(ROOT, *levels, PAGE)


def swollen(size: int) -> bytes:
    """A page whose drawing is ``size`` spaces, pressed together."""
    packed = zlib.compress(b" " * size, 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>"
    return raw_pdf(ROOT, pages_of(b"3 0 R"), page, stream)


def boxed(box: bytes) -> bytes:
    return raw_pdf(ROOT, pages_of(b"3 0 R"), PAGE.replace(b"0 0 200 200", box))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG that claims to be so large."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    """A small picture with a compressed comment of 50 million letters."""
    small = image("PNG", (2, 2))
    return small[:33] + chunk(b"zTXt", b"note\0\0" + zlib.compress(b"a" * 50_000_000, 9)) + small[33:]


def photo(**options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (11, 110, 105)).save(out, "JPEG", **options)
    return out.getvalue()


def located() -> bytes:
    """A photo that says where it was taken."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes.get_ifd(0x8825)[1] = "N"
    return photo(exif=notes)


def archive(entries: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries:
            packed.writestr(name, data)
    return out.getvalue()


def endless_tiff() -> bytes:
    """A TIFF whose first directory is followed by itself."""
    plain = bytearray(image("TIFF"))
    place = struct.unpack("<I", plain[4:8])[0]
    count = struct.unpack("<H", plain[place : place + 2])[0]
    following = place + 2 + count * 12
    plain[following : following + 4] = struct.pack("<I", place)
    return bytes(plain)


def words(text: str) -> bytes:
    return text.encode()


WORD = archive([("[Content_Types].xml", b"<Types/>"), ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open")])
BOMB = archive([("zero", b"\0" * 5_000_000)])
FILE = DictionaryObject({NameObject("/F"): TextStringObject("x.exe"), NameObject("/EF"): DictionaryObject()})
XML = '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">{}</ClinicalDocument>'
LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip

REFUSED: dict[str, tuple[bytes, Reason]] = {
    "empty": (b"", Reason.MISSING),
    "one zero": (b"\0", Reason.FORMAT_NOT_ACCEPTED),
    "noise": (bytes(range(256)) * 40, Reason.FORMAT_NOT_ACCEPTED),
    "text with a zero": (b"bonjour\0.exe", Reason.FORMAT_NOT_ACCEPTED),
    "old word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Reason.OFFICE_FILE),
    "word file with macros": (WORD, Reason.OFFICE_FILE),
    "open document": (archive([("mimetype", b""), ("[Content_Types].xml", b"")]), Reason.OFFICE_FILE),
    "archive": (archive([("a.txt", b"a")]), Reason.FORMAT_NOT_ACCEPTED),
    "archive that swells": (BOMB, Reason.FORMAT_NOT_ACCEPTED),
    "archive in archives": (archive([("a.zip", archive([("b.zip", BOMB)]))]), Reason.FORMAT_NOT_ACCEPTED),
    "archive that climbs": (archive([("../../.profile", b"x")]), Reason.FORMAT_NOT_ACCEPTED),
    "java archive": (archive([("META-INF/MANIFEST.MF", b"x")]), Reason.FORMAT_NOT_ACCEPTED),
    "windows program": (b"MZ\x90\0\x03" + b"\0" * 200, Reason.ACTIVE_FILE),
    "linux program": (b"\x7fELF\x02\x01\x01" + b"\0" * 60, Reason.ACTIVE_FILE),
    "mac program": (b"\xcf\xfa\xed\xfe" + b"\0" * 60, Reason.ACTIVE_FILE),
    "java class": (b"\xca\xfe\xba\xbe\0\0\0\x34", Reason.ACTIVE_FILE),
    "windows shortcut": (b"L\0\0\0\x01\x14\x02\0", Reason.ACTIVE_FILE),
    "program that is a pdf too": (b"MZ\x90\0" + GOOD, Reason.ACTIVE_FILE),
    "shell script": (b"#!/bin/sh\nrm -rf ~\n", Reason.ACTIVE_FILE),
    "batch file": (b"@echo off\r\ndel *.*\r\n", Reason.ACTIVE_FILE),
    "powershell": (b"powershell -enc AAAA\n", Reason.ACTIVE_FILE),
    "page": (b"<!DOCTYPE html><p>Bonjour", Reason.ACTIVE_FILE),
    "page in capitals": (b"\n <HTML><SCRIPT>alert(1)</SCRIPT>", Reason.ACTIVE_FILE),
    "drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', Reason.ACTIVE_FILE),
    "script of a server": (b"<?php system($_GET[0]);", Reason.ACTIVE_FILE),
    "mail with a page": (b"MIME-Version: 1.0\nContent-Type: text/html", Reason.ACTIVE_FILE),
    "clinical document with a script": (words(XML.format("<text><script>x()</script></text>")), Reason.ACTIVE_FILE),
    "rtf with an object": (rb"{\rtf1{\object\objemb{\*\objdata 0105}}}", Reason.ACTIVE_FILE),
    "rtf that calls a program": (rb"{\rtf1{\field{\*\fldinst DDEAUTO c:\\cmd}}}", Reason.ACTIVE_FILE),
    "pdf in name only": (b"%PDF-1.7\nrien", Reason.DAMAGED_FILE),
    "pdf cut short": (GOOD[: len(GOOD) // 3], Reason.DAMAGED_FILE),
    "pdf without pages": (raw_pdf(ROOT, b"<</Type/Pages/Count 0/Kids[]>>"), Reason.DAMAGED_FILE),
    "pdf whose pages are a number": (raw_pdf(ROOT, b"42"), Reason.DAMAGED_FILE),
    "pdf without a root": (raw_pdf(b"null"), Reason.DAMAGED_FILE),
    "pdf whose pages hold themselves": (raw_pdf(ROOT, pages_of(b"2 0 R 2 0 R")), Reason.TOO_COMPLEX),
    "pdf of ten thousand million pages": (many_pages(), Reason.TOO_COMPLEX),
    "pdf of too many pages": (raw_pdf(ROOT, pages_of(b"3 0 R " * 2_001), PAGE), Reason.TOO_COMPLEX),
    "jpeg in name only": (b"\xff\xd8\xff rien", Reason.DAMAGED_FILE),
    "jpeg cut short": (image("JPEG", (900, 900))[:700], Reason.DAMAGED_FILE),
    "png in name only": (b"\x89PNG\r\n\x1a\n rien", Reason.DAMAGED_FILE),
    "png without rows": (png_of(100, 100), Reason.DAMAGED_FILE),
    "png of many pixels": (png_of(30_000, 30_000), Reason.TOO_COMPLEX),
    "png that is wide": (png_of(0x7FFFFFFF, 1), Reason.TOO_COMPLEX),
    "png with a swollen comment": (png_text_bomb(), Reason.DAMAGED_FILE),
    "tiff in name only": (b"II*\0\xff\xff\xff\xff", Reason.DAMAGED_FILE),
    "tiff that leads nowhere": (b"MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 200, Reason.DAMAGED_FILE),
}

KEPT: dict[str, bytes] = {
    "pdf with a script when opened": at_root("/OpenAction", script()),
    "pdf that starts a program": at_root("/OpenAction", action("/Launch", F=TextStringObject("cmd.exe"))),
    "pdf with a script after a turn": at_root("/OpenAction", chained()),
    "pdf with an endless action": endless(),
    "pdf with scripts by name": at_root(
        "/Names", DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): ArrayObject()})})
    ),
    "pdf with files inside": at_root(
        "/Names",
        DictionaryObject({NameObject("/EmbeddedFiles"): DictionaryObject({NameObject("/Names"): ArrayObject([FILE])})}),
    ),
    "pdf with files beside": at_root("/AF", ArrayObject([FILE])),
    "pdf with a script when closed": at_root("/AA", DictionaryObject({NameObject("/WC"): script()})),
    "pdf with a script on a page": on_page("/AA", DictionaryObject({NameObject("/O"): script()})),
    "pdf with a link that runs": with_note(Subtype=NameObject("/Link"), A=script()),
    "pdf with a link that starts": with_note(Subtype=NameObject("/Link"), A=action("/Launch")),
    "pdf with a link that sends": with_note(Subtype=NameObject("/Widget"), A=action("/SubmitForm")),
    "pdf with a link to a file elsewhere": with_note(Subtype=NameObject("/Link"), A=action("/GoToR")),
    "pdf with a pinned file": with_note(Subtype=NameObject("/FileAttachment"), FS=FILE),
    "pdf with a film": with_note(Subtype=NameObject("/RichMedia"), RichMediaContent=DictionaryObject()),
    "pdf with a living form": at_root(
        "/AcroForm",
        DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>"), NameObject("/Fields"): ArrayObject()}),
    ),
    "pdf behind something": b"GIF89a" + b" " * 100 + GOOD,
    "pdf before an archive": GOOD + archive([("a.class", bytes(range(256)) * 20)]),
    "jpeg before an archive": image("JPEG") + archive([("a.class", b"x" * 2_000)]),
    "jpeg before a page": image("JPEG") + b"<script>x()</script>",
    "png before a program": image("PNG") + b"MZ\x90\0",
    "photo that says where": located(),
}

PLAIN: dict[str, bytes] = {
    "signature of viruses": EICAR,
    "name of a program": words("document.pdf.exe \u202efdp.exe"),
    "old text": "Été à l’hôpital".encode("cp1252"),
    "text of one line": b"a" * 4_000_000,
    "rtf of many braces": b"{\\rtf1" + b"{" * 100_000,
    "rtf cut short": b"{\\rtf1 Bonjour \\'",
    "clinical document that laughs": words(LAUGHS + XML.format("<title>&j;</title>")),
    "clinical document cut short": words(XML.format("")[:70]),
    "clinical document of many floors": words(XML.format("<a>" * 50_000)),
    "pdf after a pdf": GOOD + b"\n" + b"%" * 2_000 + GOOD,
    "pdf that swells": swollen(100_000_000),
    "pdf of an endless sheet": boxed(b"0 0 1 100000000"),
    "pdf of no size": boxed(b"0 0 0 0"),
    "pdf of a negative size": boxed(b"9 9 -9 -9e30"),
    "tiff that follows itself": endless_tiff(),
}
"""Files that do nothing by themselves: kept as they are, and to be shown or refused by whoever reads them."""
