"""Every refusal of the FHIR side is a FhirError, and every FhirError leaves as an OperationOutcome.

Texts are facts about the protocol: never a value that was sent, an id, a name or a code.
"""

from typing import Any

_CODES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    410: "deleted",
    412: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "business-rule",
    429: "throttled",
    503: "transient",
}


class FhirError(Exception):
    """A refusal: HTTP ``status``, a ``text`` that is safe to log, and the place in the Bundle it is about."""

    def __init__(self, status: int, text: str, place: str | None = None) -> None:
        self.status = status
        self.text = text
        self.place = place
        super().__init__(text)

    def at(self, place: str) -> "FhirError":
        """The same refusal, said about ``place`` (such as ``Bundle.entry[3]``)."""
        return FhirError(self.status, self.text, place)


def make_outcome(status: int, text: str, place: str | None = None) -> dict[str, Any]:
    """An OperationOutcome of one issue: an error from status 400 up, information below."""
    issue: dict[str, Any] = {
        "severity": "error" if status >= 400 else "information",
        "code": _CODES.get(status, "exception") if status >= 400 else "informational",
        "diagnostics": text,
    }
    if place:
        issue["expression"] = [place]
    return {"resourceType": "OperationOutcome", "issue": [issue]}
