"""The document types of the French health record: under which category each is shown, and its name.

Types are matched by code, whatever the system says: servers write several URIs for the same list.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mes_app.domain.documents import Category


class DocumentType(NamedTuple):
    """One document type; ``display`` is its official French name."""

    code: str
    category: Category
    display: str


def find_document_type(code: str) -> DocumentType | None:
    """The type of that code; None when the list does not hold it."""
    return _document_types().get(code)


@cache
def _document_types() -> dict[str, DocumentType]:
    with files("mes_app.domain").joinpath("data/document_types.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter=";")
        types = (DocumentType(row["code"], Category(row["mes_category"]), row["display_fr"]) for row in rows)
        return {found.code: found for found in types}
