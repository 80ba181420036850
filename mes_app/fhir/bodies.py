"""Bytes of a server or of the store into JSON objects, within limits, and back. The only parser of FHIR JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import msgspec

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.elements import Json

DEPTH_LIMIT = 64
"""Objects and lists inside one another. Real resources stay under 30."""

_exact = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)
_written = msgspec.json.Encoder(decimal_format="number")


def read_body(body: bytes) -> Json:
    """One resource, its decimals as written (Decimal). Raises Unreadable (NOT_FHIR, TRUNCATED, TOO_DEEP)."""
    with reading():
        return check_depth(_exact.decode(body), body)


def write_body(resource: Json) -> bytes:
    """``resource`` as JSON, its Decimals as numbers with the digits they have."""
    return _written.encode(resource)


@contextmanager
def reading() -> Iterator[None]:
    """Whatever the parser cannot read inside is raised as Unreadable."""
    try:
        yield
    except RecursionError:
        raise Unreadable(Reason.TOO_DEEP) from None
    except (msgspec.DecodeError, UnicodeDecodeError, ArithmeticError) as error:
        raise Unreadable(Reason.TRUNCATED if "truncated" in str(error) else Reason.NOT_FHIR) from None


def check_depth(resource: Json, body: bytes) -> Json:
    """``resource``, parsed from ``body``, or Unreadable(TOO_DEEP) beyond DEPTH_LIMIT."""
    may_be_deep = body.count(b"{") + body.count(b"[") > DEPTH_LIMIT
    if may_be_deep and _is_deep(resource):
        raise Unreadable(Reason.TOO_DEEP)
    return resource


def _is_deep(resource: Json) -> bool:
    level: list[Any] = [resource]
    for _ in range(DEPTH_LIMIT):
        level = [inner for node in level for inner in _inside(node) if isinstance(inner, dict | list)]
    return bool(level)


def _inside(node: Any) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else node
