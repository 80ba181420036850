"""What became of a change that was sent, and how to find out when the answer does not tell.

The body kept is always the server's: it may have altered what it was given.
"""

from dataclasses import dataclass

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bundles import RawResource, parse_resource
from mes_app.fhir.references import split_reference
from mes_app.sync.api import FhirApi
from mes_app.sync.statuses import ABSENT
from mes_app.sync.wires import Answer


@dataclass(frozen=True, slots=True)
class Receipt:
    """``theirs`` is the record as the server has it, None when it has none. ``done``: it holds the change, or did."""

    theirs: RawResource | None
    done: bool


async def look_up(api: FhirApi, resource_type: str, rid: str) -> RawResource | None:
    """The record as the server has it now, None when it has none. Raises what else its answer means."""
    answer = await api.ask(f"{resource_type}/{rid}")
    return None if answer.status in ABSENT else read_resource(answer.check(change=True), resource_type)


async def read_written(api: FhirApi, answer: Answer, resource_type: str, rid: str = "") -> RawResource:
    """What the server made of a change: its answer to it, else what it has where it says that it put it.

    ``rid``: its id, where that is known. Raises Unreadable when neither tells, and what a failure to read means.
    """
    try:
        return read_resource(answer, resource_type)
    except Unreadable:
        located = split_reference(answer.headers.get("location"))
    rid = rid or (located[1] if located else "")
    found = await look_up(api, resource_type, rid) if rid else None
    if found is None:
        raise Unreadable(Reason.NOT_FHIR)
    return found


def read_resource(answer: Answer, resource_type: str) -> RawResource:
    """The body of an answer. Raises Unreadable, also for a resource of another type."""
    resource = parse_resource(answer.body)
    if resource.type != resource_type:
        raise Unreadable(Reason.NOT_FHIR)
    return resource
