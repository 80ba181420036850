"""Send a document together with its content, which is here only: a Binary, and the DocumentReference that points to it.

Both go in one transaction. A server that takes none, or none so large, gets one after the other. Either way an upload
is retried whole, and the Binary has the same id each time where the server lets us choose it.
"""

import asyncio
import base64
import hashlib
from uuid import UUID, uuid5

import httpx

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.attachments import find_attachment
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.elements import Json, child, children, every, line
from mes_app.fhir.references import split_reference
from mes_app.store.blobs import Blobs
from mes_app.store.ops import Op
from mes_app.sync.api import FhirApi
from mes_app.sync.capabilities import Capabilities
from mes_app.sync.failures import REFUSED_TOGETHER
from mes_app.sync.postings import Posting, make_posting, send_posting
from mes_app.sync.receipts import read_resource
from mes_app.sync.wires import Answer

UNECHOED = {"Prefer": "return=minimal"}


class Uploads:
    """Documents to one server, with contents out of ``blobs``."""

    def __init__(self, api: FhirApi, capabilities: Capabilities, blobs: Blobs) -> None:
        self._api = api
        self._capabilities = capabilities
        self._blobs = blobs

    async def takes(self, op: Op, resource: Json) -> bool:
        """Whether the content of ``resource``, the record of ``op``, is to be sent with it.

        So it is where the record says nowhere where its content is, and where a document that was removed from the
        server is created anew out of this vault: its content may have been removed there too.
        """
        if resource.get("resourceType") != "DocumentReference":
            return False
        attachment = find_attachment(resource)
        if attachment.get("data") or not attachment.get("url"):
            return not attachment.get("data")
        return await self._blobs.holds(op.lid)

    async def send(self, op: Op, document: Json) -> Answer:
        """Create the content and ``document``, the record of ``op``; the answer is about the document.

        Raises Unreadable(NO_CONTENT, DAMAGED) for a content that cannot be read here, and what a refusal of the
        Binary alone means.
        """
        data = await self._blobs.read(op.lid)
        binary = await asyncio.to_thread(self._post_binary, op, document, data)
        if self._capabilities.transaction and binary.method == "PUT":
            posting = make_posting(op, _point_to(document, binary.reference, data), self._capabilities)
            answer = await self._send_together(op, binary, posting)
            if answer.status not in REFUSED_TOGETHER:
                return answer
        reference = await self._send_binary(binary)
        return await send_posting(self._api, make_posting(op, _point_to(document, reference, data), self._capabilities))

    def _post_binary(self, op: Op, document: Json, data: bytes) -> Posting:
        content: Json = {
            "resourceType": "Binary",
            "contentType": line(find_attachment(document).get("contentType")) or "application/octet-stream",
            "data": base64.b64encode(data).decode(),
        }
        if subject := child(document, "subject"):
            content["securityContext"] = subject
        if "Binary" not in self._capabilities.update_create:
            return Posting("POST", "Binary", content)
        rid = str(uuid5(UUID(op.op_id), "Binary"))
        return Posting("PUT", f"Binary/{rid}", content | {"id": rid})

    async def _send_together(self, op: Op, binary: Posting, posting: Posting) -> Answer:
        entries = [binary.make_entry(f"urn:uuid:{binary.resource['id']}"), posting.make_entry(f"urn:uuid:{op.lid}")]
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
        body = await asyncio.to_thread(write_body, bundle)
        answer = await self._api.send("POST", self._api.base, body, headers=UNECHOED)
        return _pick_last(answer) if answer.status == httpx.codes.OK else answer

    async def _send_binary(self, binary: Posting) -> str:
        """Put the content on the server by itself; where it is from now on."""
        answer = (await send_posting(self._api, binary, UNECHOED)).check(change=True)
        if binary.method == "PUT":
            return binary.reference
        located = split_reference(answer.headers.get("location"))
        return f"Binary/{located[1] if located else read_resource(answer, 'Binary').id}"


def _point_to(document: Json, reference: str, data: bytes) -> Json:
    """``document`` with its content at ``reference``, and what lets others verify it."""
    # SHA-1 is what FHIR asks for in ``hash``: it tells an accident from the intended bytes, nothing more
    digest = base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
    attachment = find_attachment(document) | {"url": reference, "size": len(data), "hash": digest}
    first, *others = every(document, "content") or [{}]
    return document | {"content": [first | {"attachment": attachment}, *others]}


def _pick_last(answer: Answer) -> Answer:
    """What a transaction answers for its last entry, without its body. Unreadable(NOT_FHIR) when it does not."""
    response = child(next(reversed(children(read_body(answer.body), "entry")), {}), "response")
    status = line(response.get("status"))[:3]
    if not status.isdecimal():
        raise Unreadable(Reason.NOT_FHIR)
    return Answer(int(status), httpx.Headers({"location": line(response.get("location"))}), b"")
