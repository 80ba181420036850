"""What must never be read outside the vault: the words and the contents of the demonstration family."""

import base64
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from pypdf import PdfReader

from mes_backend.demo.family import Family
from tests.security.leaks import SHORTEST

TELLING = {"family", "given", "line", "city", "text", "title", "description", "display", "valueString", "note"}
READ = 5
"""PDF files whose words are looked for; of every content, some of its bytes are."""


def list_names(family: Family) -> set[str]:
    """Who they are: names, numbers of health insurance, mail and telephone."""
    patients = [resource for resource in family.resources if resource["resourceType"] == "Patient"]
    names = {name["text"] for patient in patients for name in patient["name"] if "text" in name}
    points = {one["value"] for patient in patients for one in (*patient["identifier"], *patient.get("telecom", ()))}
    return names | points | {"Camille", "Jeanne", "Martin", "Dubreuil"}


def list_ids(family: Family) -> set[str]:
    """The numbers under which servers keep people and their documents: addresses of requests hold them."""
    kinds = ("Patient", "Person", "DocumentReference", "Binary")
    return {resource["id"] for resource in family.resources if resource["resourceType"] in kinds}


def list_words(family: Family, shortest: int = SHORTEST) -> set[str]:
    """The words of what is written in records, of which ``shortest`` letters in a row have no accent."""
    words = _split(chain.from_iterable(_read_texts(resource) for resource in family.resources))
    return {word for word in words if _ascii_length(word) >= shortest}


def list_document_words(family: Family) -> set[str]:
    """The long words inside documents: the text ones and a few of the PDF files."""
    pdfs = list(_list_contents(family, "application/pdf"))[:READ]
    pages = (page.extract_text() for pdf in pdfs for page in PdfReader(io.BytesIO(pdf)).pages)
    texts = (data.decode() for data in _list_contents(family, "text/plain"))
    return set(_split(chain(pages, texts)))


def list_contents(family: Family) -> set[bytes]:
    """Bytes from the middle of every document: compressed ones show no word, and must not be there either.

    But for the black of a scan: any file is full of zeros.
    """
    pieces = (data[len(data) // 2 :][:24] for data in _list_contents(family, ""))
    return {piece for piece in pieces if any(piece)}


@cache
def _split_text(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text) if _ascii_length(word) >= SHORTEST)


def _split(texts: Iterable[str]) -> Iterator[str]:
    return chain.from_iterable(map(_split_text, texts))


def _ascii_length(word: str) -> int:
    return max(map(len, re.findall(r"[\x20-\x7e]+", word)), default=0)


def _list_contents(family: Family, content_type: str) -> Iterator[bytes]:
    binaries = (resource for resource in family.resources if resource["resourceType"] == "Binary")
    return (base64.b64decode(one["data"]) for one in binaries if one["contentType"].startswith(content_type))


def _read_texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _read_texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _read_texts(inner, key)
    elif key in TELLING and isinstance(value, str):
        yield value
