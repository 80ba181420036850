"""What a server writes by itself: outcomes, its own narrative, and numbers in its own way."""

from decimal import Decimal
from typing import Any

_XHTML = "http://www.w3.org/1999/xhtml"


def make_outcome(status: int) -> dict[str, Any]:
    """The body of a refusal."""
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "processing", "details": {"text": str(status)}}],
    }


def rewrite(body: dict[str, Any]) -> dict[str, Any]:
    """``body`` as a careless server keeps it: each decimal through a double, and with a narrative of its own."""
    kept: dict[str, Any] = _shorten(body)
    words = f'<div xmlns="{_XHTML}">{kept.get("resourceType")}</div>'
    return kept | {"text": {"status": "generated", "div": words}}


def _shorten(value: Any) -> Any:
    if isinstance(value, Decimal):
        return Decimal(repr(float(value)))
    if isinstance(value, dict):
        return {name: _shorten(inner) for name, inner in value.items()}
    return [_shorten(inner) for inner in value] if isinstance(value, list) else value
