"""Take out of a PDF what acts by itself: scripts, programs to start, forms that send, files inside the file.

Only what the document reaches from its root is judged, for nothing else ever acts. A file in which nothing acts is left
as it is, byte for byte: a signature stays valid. One that only a password opens is left closed.
"""

import io
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from mes_app.errors import Reason, Rejected

MAX_PAGES = 2_000
MAX_NODES = 200_000
MAX_CHAIN = 50
_BLANK = b"\xef\xbb\xbf\r\n\t \0"
_BROKEN = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError, zlib.error,
)  # fmt: skip
"""What pypdf raises at a file that is no PDF, or a broken one: it follows what the file says."""


class Removed(StrEnum):
    """What was taken out of a file before it was kept. HIDDEN: what no reader of such a file shows."""

    ACTIONS = "actions"
    FILES = "files"
    HIDDEN = "hidden"


_ACTING = frozenset(
    {
        "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/Rendition", "/RichMediaExecute",
        "/Sound", "/Movie",
    }
)  # fmt: skip
"""Actions that do more than turn to a page or open a link."""
_FORBIDDEN = {
    "/AA": Removed.ACTIONS,
    "/JS": Removed.ACTIONS,
    "/JavaScript": Removed.ACTIONS,
    "/XFA": Removed.ACTIONS,
    "/RichMediaContent": Removed.FILES,
    "/EmbeddedFiles": Removed.FILES,
    "/EF": Removed.FILES,
    "/AF": Removed.FILES,
}
_NAMED = frozenset({"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/N"})
"""Dictionaries whose keys are names that the author of the file chose: they mean nothing."""
_HOLDING = (IndirectObject, DictionaryObject, ArrayObject)
_UNSEEN = frozenset({"/StructTreeRoot", "/Parent", "/P"})
"""What leads back, or to what cannot act."""


def clean_pdf(data: bytes) -> tuple[bytes, frozenset[Removed]]:
    """The PDF without what acts, and what was taken out; the same bytes where that is nothing.

    Raises Rejected("file"): DAMAGED_FILE, TOO_COMPLEX.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return data, frozenset()
        _count_pages(reader.root_object)
        found = _clean(reader.root_object, change=False)
        if _hides_more(data):
            found.add(Removed.HIDDEN)
        return (_rewrite(reader), frozenset(found)) if found else (data, frozenset())
    except DependencyError:  # a cipher that this device lacks: the file stays closed
        return data, frozenset()
    except _BROKEN as error:
        raise Rejected("file", Reason.DAMAGED_FILE) from error


def _rewrite(reader: PdfReader) -> bytes:
    writer = PdfWriter(clone_from=reader)
    _clean(writer.root_object, change=True)
    writer.compress_identical_objects()  # and what nothing leads to any more goes
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _hides_more(data: bytes) -> bool:
    """Whether something else comes before the PDF, or after it: to another program it may be another kind of file."""
    end = data.rfind(b"%%EOF")
    return not data.lstrip(_BLANK).startswith(b"%PDF-") or (end >= 0 and data[end:].strip(_BLANK) != b"%%EOF")


def _count_pages(root: DictionaryObject) -> None:
    """Walk the tree of pages: a small file can claim any number. Raises Rejected: TOO_COMPLEX, DAMAGED_FILE."""
    waiting, seen, pages = [root["/Pages"]], 0, 0
    while waiting:
        node = _resolve(waiting.pop())
        kids = _resolve(node.get("/Kids"))
        pages += kids is None
        seen += 1
        if pages > MAX_PAGES or seen + len(waiting) > MAX_NODES:
            raise Rejected("file", Reason.TOO_COMPLEX)
        waiting.extend(kids or ())
    if not pages:
        raise Rejected("file", Reason.DAMAGED_FILE)


def _clean(root: DictionaryObject, *, change: bool) -> set[Removed]:
    """What acts below ``root``; taken out where there is to be a ``change``. Raises Rejected(TOO_COMPLEX)."""
    found: set[Removed] = set()
    for node in _list_dictionaries(root):
        for name in [name for name in node if name in _FORBIDDEN or _is_acting(node, name)]:
            found.add(_FORBIDDEN.get(name, Removed.ACTIONS))
            if change:
                del node[name]
    return found


def _list_dictionaries(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every dictionary below ``root`` whose keys mean something, each once, a node before what it holds."""
    waiting: list[tuple[Any, bool]] = [(root, False)]
    seen: set[int] = set()
    nodes = 0
    while waiting:
        value, named = waiting.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in seen:
                continue
            seen.add(value.idnum)
            value = value.get_object()
        nodes += 1
        if nodes > MAX_NODES:
            raise Rejected("file", Reason.TOO_COMPLEX)
        if isinstance(value, DictionaryObject):
            if not named:
                yield value
            held = [(value.raw_get(name), name in _NAMED) for name in value if name not in _UNSEEN]
        else:
            held = [(each, False) for each in list(value)] if isinstance(value, ArrayObject) else []
        waiting += [(each, named) for each, named in held if isinstance(each, _HOLDING)]


def _is_acting(node: DictionaryObject, name: str) -> bool:
    return name in ("/OpenAction", "/A") and _acts(node.get(name))


def _acts(action: Any, depth: int = 0) -> bool:
    action = _resolve(action)
    if isinstance(action, ArrayObject):
        return any(_acts(each, depth + 1) for each in action[:MAX_CHAIN])
    if not isinstance(action, DictionaryObject):
        return False
    return depth > MAX_CHAIN or action.get("/S") in _ACTING or _acts(action.get("/Next"), depth + 1)


def _resolve(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
