"""The document types of the French health record: under which category each is shown, and its name.

Types are matched by code, whatever the system says: servers write several URIs for the same list.
"""

from collections import Counter
from functools import cache
from typing import NamedTuple

from mes_app.domain.data_files import read_rows
from mes_app.domain.documents import Category
from mes_app.domain.values import Coded
from mes_app.errors import Reason, Rejected

_SYSTEMS = {
    "L": "http://loinc.org",
    "T": "https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire",
}

UPLOAD_TYPES = {
    Category.SUMMARY: "DOCPAT01",
    Category.PRESCRIPTIONS: "DOCPAT02",
    Category.REPORTS: "DOCPAT03",
    Category.IMAGING: "DOCPAT04",
    Category.LABORATORY: "DOCPAT05",
    Category.PREVENTION: "DOCPAT06",
    Category.CERTIFICATES: "DOCPAT07",
    Category.ADMINISTRATIVE: "DOCPAT09",
    Category.DIRECTIVES: "EXPPAT_3",
    Category.QUESTIONNAIRE: "74465-6",
    Category.OTHER: "EXPPAT_2",
}
"""The type of what a person files under each category; there is none under those absent."""


class DocumentType(NamedTuple):
    """One document type; ``display`` is its official French name, ``class_code`` its class (TRE_A03)."""

    code: str
    category: Category
    display: str
    system: str
    class_code: str


def find_document_type(code: str) -> DocumentType | None:
    """The type of that code; None when the list does not hold it."""
    return _document_types().get(code)


def choose_upload_type(category: Category) -> Coded:
    """The type of what a person files under ``category``, as a document says it.

    Raises Rejected("category", NOT_A_CHOICE) where nobody files a document of their own.
    """
    if category not in UPLOAD_TYPES:
        raise Rejected("category", Reason.NOT_A_CHOICE)
    found = _document_types()[UPLOAD_TYPES[category]]
    return Coded(text=found.display, code=found.code, system=found.system)


def choose_category(type_code: str, class_code: str) -> Category:
    """Where a document of that type is shown; of a type unknown, where most of its class are."""
    if found := find_document_type(type_code):
        return found.category
    counts = Counter(each.category for each in _document_types().values() if each.class_code == class_code)
    category, count = next(iter(counts.most_common(1)), (Category.OTHER, 0))
    return category if 2 * count > counts.total() else Category.OTHER


@cache
def _document_types() -> dict[str, DocumentType]:
    return {row["code"]: _read_type(row) for row in read_rows("document_types")}


def _read_type(row: dict[str, str]) -> DocumentType:
    return DocumentType(
        code=row["code"],
        category=Category(row["mes_category"]),
        display=row["display_fr"],
        system=_SYSTEMS[row["system"]],
        class_code=row["class"],
    )
