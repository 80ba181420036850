"""Send new records, each once: what may have been sent before is looked for first."""

from urllib.parse import urlencode

from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.fhir.bodies import read_body
from mes_app.fhir.bundles import RawResource, parse_bundle
from mes_app.fhir.elements import every
from mes_app.store.ops import Op
from mes_app.sync.api import FhirApi
from mes_app.sync.capabilities import Capabilities
from mes_app.sync.postings import make_posting, make_token, name_change, send_posting
from mes_app.sync.receipts import Receipt, read_resource, read_written
from mes_app.sync.statuses import ABSENT, GONE, MISMATCH
from mes_app.sync.uploads import Uploads
from mes_app.sync.wires import Answer

LATE = 5
"""Attempts after which a record that is there, and not shown, is no longer one that the server shows late."""


class Creates:
    """Creations on one server."""

    def __init__(self, api: FhirApi, capabilities: Capabilities, uploads: Uploads) -> None:
        self._api = api
        self._capabilities = capabilities
        self._uploads = uploads

    async def send(self, op: Op, *, again: bool) -> Receipt:
        """Create the record. ``again``: it may have been sent before. Raises as ``Answer.check(change=True)``.

        A receipt of nothing is of a record that was created, and removed there since. Raises NotAllowed(FORBIDDEN) for
        one that is there and stays hidden from its author.
        """
        once = op.type in self._capabilities.update_create + self._capabilities.conditional_create
        if (again or not once) and (receipt := await self._find(op)):
            return receipt
        answer = await self._post(op)
        if answer.status in MISMATCH:
            if receipt := await self._find(op):
                return receipt
            if op.attempts >= LATE:
                raise NotAllowed(Reason.FORBIDDEN, status=answer.status)
        return await self._read(op, answer.check(change=True))

    async def _post(self, op: Op) -> Answer:
        resource = read_body(op.body or b"{}")
        if await self._uploads.takes(op, resource):
            return await self._uploads.send(op, resource)
        return await send_posting(self._api, make_posting(op, resource, self._capabilities))

    async def _read(self, op: Op, answer: Answer) -> Receipt:
        if op.type in self._capabilities.update_create:
            return Receipt(await read_written(self._api, answer, op.type, op.lid), done=True)
        created = await read_written(self._api, answer, op.type)
        if answer.status == 200 and not _was_made_by(op, created):
            raise Rejected("record", Reason.NOT_ACCEPTED, status=answer.status)
        return Receipt(created, done=True)

    async def _find(self, op: Op) -> Receipt | None:
        """What an earlier attempt made; None when none did."""
        if op.type in self._capabilities.update_create:
            return await self._find_by_id(op)
        query = urlencode({"identifier": make_token(op)}, safe="|:")
        answer = await self._api.ask(f"{op.type}?{query}")
        entries = parse_bundle(answer.check(change=True).body).entries
        return next((Receipt(item, done=True) for item in entries if _was_made_by(op, item)), None)

    async def _find_by_id(self, op: Op) -> Receipt | None:
        answer = await self._api.ask(f"{op.type}/{op.lid}")
        if answer.status in ABSENT:
            return Receipt(None, done=False) if answer.status == GONE else None
        return Receipt(read_resource(answer.check(change=True), op.type), done=True)


def _was_made_by(op: Op, item: RawResource) -> bool:
    """Whether a record bears the identifier of ``op``: a server may ignore what it was asked for."""
    return item.type == op.type and name_change(op)["value"] in (
        identifier.get("value") for identifier in every(item.resource, "identifier")
    )
