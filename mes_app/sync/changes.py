"""Send the changes and removals of records the server has: over the version they were made from, or not at all."""

from mes_app.errors import NotAllowed, Reason
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.bundles import RawResource, parse_resource
from mes_app.fhir.comparisons import drop_version, is_same
from mes_app.store.ops import Op
from mes_app.sync.api import FhirApi
from mes_app.sync.guards import Guards
from mes_app.sync.pages import make_version
from mes_app.sync.postings import AS_STORED
from mes_app.sync.receipts import Receipt, look_up, read_written
from mes_app.sync.removals import remove_contents
from mes_app.sync.statuses import ABSENT, MISMATCH
from mes_app.sync.wires import Answer


class Changes:
    """Updates and removals on one server."""

    def __init__(self, api: FhirApi, guards: Guards) -> None:
        self._api = api
        self._guards = guards

    async def update(self, op: Op, *, again: bool) -> Receipt:
        """PUT the record. ``again``: it may have been sent before. Raises as ``Answer.check(change=True)``."""
        body = write_body(drop_version(read_body(op.body or b"{}")) | {"id": op.rid})
        return await self._send("PUT", op, body, again=again)

    async def remove(self, op: Op, *, again: bool) -> Receipt:
        """DELETE the record, then the content of a document. Raises as ``update``, and NotAllowed(STILL_NEEDED) where
        others refer to it.
        """
        receipt = await self._send("DELETE", op, None, again=again)
        if receipt.done and op.type == "DocumentReference":
            await remove_contents(self._api, read_body(op.base_body or b"{}"))
        return receipt

    async def _send(self, method: str, op: Op, body: bytes | None, *, again: bool) -> Receipt:
        if (again or not await self._guards.holds(method)) and (receipt := await self._judge(op)):
            return receipt
        answer = await self._api.send(method, f"{op.type}/{op.rid}", body, headers=AS_STORED | _make_guard(op))
        if answer.status in (*MISMATCH, *ABSENT) and (receipt := await self._judge(op)):
            if receipt.theirs and answer.status in MISMATCH:
                await self._guards.learn(method)
            return receipt
        return await self._read(op, answer)

    async def _read(self, op: Op, answer: Answer) -> Receipt:
        if op.op == "D" and answer.status in MISMATCH:
            raise NotAllowed(Reason.STILL_NEEDED, status=answer.status)
        answer.check(change=True)
        return Receipt(
            await read_written(self._api, answer, op.type, op.rid or "") if op.op == "U" else None, done=True
        )

    async def _judge(self, op: Op) -> Receipt | None:
        """None when the server has the version that ``op`` was made from, so that it is still to be done."""
        theirs = await look_up(self._api, op.type, op.rid or "")
        if theirs is None:
            return Receipt(None, done=op.op == "D")
        if make_version(theirs) == op.base_ver:
            return None
        return Receipt(theirs, done=_says_so(op, theirs))


def _says_so(op: Op, theirs: RawResource) -> bool:
    """Whether the server's version is what ``op`` made of it: its answer was lost."""
    return op.op == "U" and op.body is not None and is_same(op.body, theirs.body)


def _make_guard(op: Op) -> dict[str, str]:
    """``If-Match``, where the server itself named the version: one that we made means nothing to it."""
    named = parse_resource(op.base_body).version if op.base_body else ""
    return {"If-Match": f'W/"{named}"'} if named and named == op.base_ver else {}
