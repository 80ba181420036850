"""What can be searched in a content: its words, in the order they are read. Nothing of its looks, nothing that acts.

The bytes are of unknown origin: each reader bounds what it takes in, and says Unreadable for the rest.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from unicodedata import normalize

from mes_app.domain.content_types import CDA, PDF, RTF, TEXT, decode_text, sniff_content_type
from mes_app.domain.narratives import Block, Table, join_runs
from mes_app.errors import Reason, Unreadable
from mes_app.formats.cda import read_cda
from mes_app.formats.rtf import read_rtf

LARGEST = 50_000_000
"""Bytes of a content that is read at all."""
LONGEST = 1_000_000
"""Characters kept of one content: some three hundred pages of words."""
PAGES = 500
STEPS = 500_000
"""Drawing steps of a whole PDF: a page of words has some hundreds, a hostile one repeats itself without end."""
_STEPS_BETWEEN_LOOKS = 500

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Fonts of PDF draw bullets with them."""

Look = Callable[[], None]


def extract_text(data: bytes, look: Look = lambda: None) -> str:
    """The words of a content, at most LONGEST characters, white space made single; empty where there are none to read.

    ``look`` is called now and then, and ends the reading by raising. Raises Unreadable(DAMAGED, TOO_LARGE, TOO_DEEP).
    """
    if len(data) > LARGEST:
        raise Unreadable(Reason.TOO_LARGE)
    readers: dict[str, Callable[[bytes], Iterable[str]]] = {
        PDF: partial(_read_pdf, look=look),
        RTF: lambda rich: [read_rtf(rich)],
        CDA: partial(_read_clinical, look=look),
        TEXT: _read_plain,
    }
    read = readers.get(sniff_content_type(data))
    return _gather(read(data)) if read else ""


def _gather(parts: Iterable[str]) -> str:
    """The parts as one. Letters are composed: an excerpt would cut an accent off from its letter."""
    kept: list[str] = []
    size = 0
    for part in parts:
        clean = " ".join(_CONTROLS.sub(" ", normalize("NFC", part[:LONGEST])).split())
        if clean:
            kept.append(clean)
            size += len(clean) + 1
        if size >= LONGEST:
            break
    return " ".join(kept)[:LONGEST]


def _read_plain(data: bytes) -> Iterator[str]:
    yield decode_text(data)


def _read_pdf(data: bytes, look: Look) -> Iterator[str]:
    """Page after page; nothing of one that asks for a password."""
    import pypdf  # noqa: PLC0415 - a fifth of a second that no start should wait for
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415

    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps > STEPS:
            raise Unreadable(Reason.TOO_LARGE)
        if steps % _STEPS_BETWEEN_LOOKS == 0:
            look()

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return
        for page in islice(reader.pages, PAGES):
            look()
            yield page.extract_text(visitor_operand_before=count)
    except (
        # what pypdf says of a file that breaks the rules, and what it falls over
        *(PyPdfError, DependencyError, zlib.error),
        *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
    ) as error:
        raise Unreadable(Reason.DAMAGED) from error


def _read_clinical(data: bytes, look: Look) -> Iterator[str]:
    """The title, then the narrative of every section, or the file that the document carries."""
    document = read_cda(data)
    yield document.title
    if document.carried and sniff_content_type(document.carried) != CDA:
        yield extract_text(document.carried, look)
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            yield from _list_lines(block)


def _list_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield block.caption
        yield from map(" ".join, (block.header, *block.rows))
    else:
        yield join_runs(block.runs)
