"""A new record as a request that may be sent twice and is done once, whether it goes alone or in a transaction.

Where the server lets us choose its id, this is ours, and it is put there only when nothing is. Elsewhere the change
puts its own identifier into the record, by which it can be found.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from mes_app.fhir.bodies import write_body
from mes_app.fhir.elements import Json, every
from mes_app.store.ops import Op
from mes_app.sync.api import FhirApi
from mes_app.sync.capabilities import Capabilities
from mes_app.sync.wires import Answer

SYSTEM = "urn:ietf:rfc:3986"
AS_STORED = {"Prefer": "return=representation"}


@dataclass(frozen=True, slots=True)
class Posting:
    """One creation. ``conditions`` are headers, named as FHIR names them in a transaction too."""

    method: str
    reference: str
    resource: Json
    conditions: dict[str, str] = field(default_factory=dict)

    def make_entry(self, full_url: str) -> Json:
        """The same as an entry of a transaction."""
        conditions = {_name_in_bundle(name): value for name, value in self.conditions.items()}
        request = {"method": self.method, "url": self.reference} | conditions
        return {"fullUrl": full_url, "resource": self.resource, "request": request}


def make_posting(op: Op, resource: Json, capabilities: Capabilities) -> Posting:
    """How to create ``resource``, the record of ``op``."""
    if op.type in capabilities.update_create:
        return Posting("PUT", f"{op.type}/{op.lid}", resource | {"id": op.lid}, {"If-None-Match": "*"})
    named = resource | {"identifier": [*every(resource, "identifier"), name_change(op)]}
    known = op.type in capabilities.conditional_create
    return Posting("POST", op.type, named, {"If-None-Exist": f"identifier={make_token(op)}"} if known else {})


async def send_posting(api: FhirApi, posting: Posting, wishes: Mapping[str, str] = AS_STORED) -> Answer:
    """Ask for one creation by itself; the answer whatever its status. Raises as ``FhirApi.send``."""
    body = await asyncio.to_thread(write_body, posting.resource)
    return await api.send(posting.method, posting.reference, body, headers={**wishes, **posting.conditions})


def name_change(op: Op) -> dict[str, str]:
    """The identifier that tells which change made a record."""
    return {"system": SYSTEM, "value": f"urn:uuid:{op.op_id}"}


def make_token(op: Op) -> str:
    """The same as a search value."""
    return f"{SYSTEM}|urn:uuid:{op.op_id}"


def _name_in_bundle(header: str) -> str:
    """``ifNoneExist`` for ``If-None-Exist``."""
    first, *others = header.split("-")
    return first.lower() + "".join(others)
