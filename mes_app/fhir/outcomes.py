"""What a server says when it refuses: its own words, to be quoted on a screen and written nowhere else."""

from mes_app.errors import Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.fhir.concepts import concept_text
from mes_app.fhir.elements import LINE_LIMIT, children, line, shorten


def read_told(body: bytes) -> str:
    """What the issues of an OperationOutcome say, on one line of at most 300 characters; empty for anything else."""
    try:
        resource = read_body(body)
    except Unreadable:
        return ""
    issues = children(resource, "issue") if resource.get("resourceType") == "OperationOutcome" else []
    texts = (concept_text(issue.get("details")) or line(issue.get("diagnostics")) for issue in issues)
    return shorten(" ".join(dict.fromkeys(filter(None, texts))), LINE_LIMIT)
