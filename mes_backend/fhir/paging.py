"""Pages that neither repeat nor skip while others write: a next link carries the sort key of the last row shown.

The mark is not secret and grants nothing: rights are asked again for each page.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, tuple_

from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.texts import read_json, write_json

DEFAULT_COUNT = 50
LARGEST_COUNT = 1000

Column = ColumnElement[Any]
Mark = list[int | str]


def read_count(text: str) -> int:
    """The page size of ``_count``, cut to what this server gives. FhirError 400 when it is not a number."""
    if not text.isdecimal():
        raise FhirError(400, "_count is a whole number")
    return min(int(text[:9]), LARGEST_COUNT)


def write_mark(values: Sequence[int | str]) -> str:
    """The place of a row in its sort order, as a link carries it."""
    return base64.urlsafe_b64encode(write_json(values).encode()).decode().rstrip("=")


def read_mark(text: str, length: int) -> Mark:
    """The place that ``write_mark`` wrote. FhirError 400 for anything else."""
    try:
        mark = read_json(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (FhirError, binascii.Error, ValueError) as error:
        raise FhirError(400, "The page mark is not one of this server") from error
    if not isinstance(mark, list) or len(mark) != length or not all(map(_is_key, mark)):
        raise FhirError(400, "The page mark is not one of this server")
    return mark


def come_after(columns: Sequence[Column], mark: Mark, *, descending: bool) -> ColumnElement[bool]:
    """The rows beyond ``mark`` in the order of ``columns``."""
    keys = tuple_(*columns)
    return keys < tuple_(*mark) if descending else keys > tuple_(*mark)


def _is_key(value: Any) -> bool:
    return isinstance(value, str) or (type(value) is int and abs(value) < 2**63)
