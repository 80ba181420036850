"""Remove from a server what a removed document leaves there: the Binary of its content."""

from mes_app.errors import Busy, Offline, SessionExpired
from mes_app.fhir.attachments import list_attachments
from mes_app.fhir.elements import Json, line
from mes_app.fhir.references import split_reference
from mes_app.sync.addresses import parse_server
from mes_app.sync.api import FhirApi
from mes_app.sync.failures import from_change_status


async def remove_contents(api: FhirApi, document: Json) -> None:
    """DELETE each Binary that ``document``, now removed, points to on this server. Where it refuses, they stay.

    Raises Offline, Busy, SessionExpired: to be done again.
    """
    for attachment in list_attachments(document):
        reference = line(attachment.get("url"))
        named = split_reference(reference)
        if named and named[0] == "Binary" and _is_here(api, reference, named[1]):
            answer = await api.send("DELETE", f"Binary/{named[1]}")
            error = from_change_status(answer.status, answer.after)
            if isinstance(error, Offline | Busy | SessionExpired):
                raise error


def _is_here(api: FhirApi, reference: str, rid: str) -> bool:
    """Whether ``reference`` is that of the Binary ``rid`` of this server, and of no other on the same machine."""
    base = parse_server(api.base)
    return reference.partition("/_history/")[0] in (f"Binary/{rid}", str(base.join(f"Binary/{rid}")))
