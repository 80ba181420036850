"""Bring one content, whole and verified, in whatever form the server hands it out.

A large one is asked for as its own bytes. What has come of those is kept on the way, so that after a cut, or the death
of the process, the rest alone is asked for: of the very same version (a strong tag, ``If-Range``), else all anew.
"""

import asyncio
import base64
import hashlib
import re

import httpx

from mes_app.domain.documents import Attachment
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.attachments import read_content
from mes_app.store.database import Database
from mes_app.store.pieces import Begun, Origin, drop_pieces, find_begun, save_piece
from mes_app.sync.api import FHIR_JSON, FhirApi
from mes_app.sync.bodies import read_limited
from mes_app.sync.wires import name_content_type

PIECE = 512 * 1024
"""Bytes: contents of less come in one piece, and no more than that is lost with the process."""

PARTS = 64
"""How many answers one content may take."""

ANY_FORM = f"{FHIR_JSON}, */*;q=0.5"
ENVELOPE = 10_000
_JSON = (FHIR_JSON, "application/json")
_PARTIAL = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_UNSATISFIABLE = 416


class Downloads:
    """Contents from one server, of ``limit`` bytes at most. It learns whether that server hands out bytes at all."""

    def __init__(self, api: FhirApi, database: Database, limit: int) -> None:
        self._api = api
        self._database = database
        self._limit = limit
        self._raw = True

    async def fetch(self, record_id: str, attachment: Attachment) -> bytes:
        """The content of a record. Raises Unreadable(NO_CONTENT, TOO_LARGE, DAMAGED…), NotAllowed, Rejected, Offline…

        What has come before an error is found by the next call.
        """
        begun = await self._database.read(find_begun, record_id, attachment.url)
        try:
            return await self._fetch(record_id, attachment, begun)
        except Unreadable as error:
            if begun is None or error.reason is not Reason.DAMAGED:
                raise
        await self._database.write(drop_pieces, record_id)
        return await self._fetch(record_id, attachment, None)

    async def _fetch(self, record_id: str, attachment: Attachment, begun: Begun | None) -> bytes:
        download = _Download(self._database, record_id, attachment, self._limit, begun)
        for _ in range(PARTS):
            await self._ask(attachment, download)
            if download.whole:
                data = bytes(download.data)
                await asyncio.to_thread(check_content, data, attachment, self._limit)
                return data
        raise Unreadable(Reason.SERVER_FAULT)

    async def _ask(self, attachment: Attachment, download: "_Download") -> None:
        raw = self._raw and _is_worth_raw(attachment)
        form = {"Accept": attachment.content_type, "Accept-Encoding": "identity"} if raw else {"Accept": ANY_FORM}
        try:
            await self._api.fetch(attachment.url, form | download.make_condition(), download.receive)
        except (Rejected, NotAllowed) as error:
            if error.facts.get("status") == _UNSATISFIABLE and download.data:
                download.restart()
            elif raw and error.reason in (Reason.NOT_ACCEPTED, Reason.FOREIGN_ADDRESS):
                self._raw = False
            else:
                raise


class _Download:
    """One content on its way. ``data`` is what has come of it; ``whole``: nothing is missing."""

    def __init__(
        self, database: Database, record_id: str, attachment: Attachment, limit: int, begun: Begun | None
    ) -> None:
        self._database = database
        self._record_id = record_id
        self._attachment = attachment
        self._limit = limit
        self._origin = begun.origin if begun else None
        self.data = bytearray(begun.data if begun else b"")
        self._kept = len(self.data)
        self.whole = False

    def make_condition(self) -> dict[str, str]:
        """The headers that ask for the rest only."""
        if not (self._origin and self.data):
            return {}
        return {"Range": f"bytes={len(self.data)}-", "If-Range": self._origin.etag}

    def restart(self) -> None:
        """What has come is of no use: the next request is for all of it."""
        self._origin, self._kept = None, 0
        self.data.clear()

    async def receive(self, response: httpx.Response) -> bytes:
        """Take what ``response`` brings. Raises Unreadable(TOO_LARGE, DAMAGED, NOT_FHIR, TRUNCATED, NO_CONTENT)."""
        content_type = name_content_type(response.headers)
        if content_type == "text/html" != self._attachment.content_type:
            raise Unreadable(Reason.NOT_FHIR)
        if response.status_code == httpx.codes.PARTIAL_CONTENT:
            await self._continue(response)
        elif content_type in _JSON:
            body = await read_limited(response, self._limit * 4 // 3 + ENVELOPE)
            self._replace(await asyncio.to_thread(read_content, body))
        elif _is_plain(response):
            await self._begin(response)
        else:
            self._replace(await read_limited(response, self._limit))
        return b""

    def _replace(self, data: bytes) -> None:
        self.data[:] = data
        self.whole = True

    async def _begin(self, response: httpx.Response) -> None:
        if int(response.headers.get("content-length", "0")) > self._limit:
            raise Unreadable(Reason.TOO_LARGE, bytes=self._limit)
        self.restart()
        etag = response.headers.get("etag", "")
        if etag.startswith('"'):
            self._origin = Origin(self._attachment.url, etag)
        await self._take(response)
        self.whole = True

    async def _continue(self, response: httpx.Response) -> None:
        """Append the part that was asked for; any other is refused, and all is asked for anew."""
        found = _PARTIAL.fullmatch(response.headers.get("content-range", "").strip())
        if self._origin is None:
            raise Unreadable(Reason.SERVER_FAULT)
        same = response.headers.get("etag", self._origin.etag) == self._origin.etag
        plain = _is_plain(response) and name_content_type(response.headers) not in _JSON
        if not (found and same and plain and int(found[1]) == len(self.data)):
            self.restart()
            return
        await self._take(response)
        if len(self.data) != int(found[2]) + 1:
            self.restart()
        else:
            self.whole = found[3] in ("*", str(len(self.data)))

    async def _take(self, response: httpx.Response) -> None:
        """Add what comes, kept piece by piece, and to the last byte if something ends it before its end."""
        ended = False
        try:
            async for chunk in response.aiter_raw():
                self.data += chunk
                self._check_size()
                if len(self.data) - self._kept >= PIECE:
                    await self._keep()
            ended = True
        finally:
            if not ended:
                await self._keep()

    def _check_size(self) -> None:
        if len(self.data) > self._limit:
            raise Unreadable(Reason.TOO_LARGE, bytes=self._limit)
        if 0 < self._attachment.size < len(self.data):
            raise Unreadable(Reason.DAMAGED)

    async def _keep(self) -> None:
        if self._origin and len(self.data) > self._kept:
            piece = bytes(self.data[self._kept :])
            await self._database.write(save_piece, self._record_id, self._origin, self._kept, piece)
            self._kept = len(self.data)


def check_content(data: bytes, attachment: Attachment, limit: int) -> None:
    """Raises Unreadable: TOO_LARGE, NO_CONTENT when empty, DAMAGED when size or SHA-1 are not as announced."""
    if len(data) > limit:
        raise Unreadable(Reason.TOO_LARGE, bytes=len(data))
    if not data:
        raise Unreadable(Reason.NO_CONTENT)
    # SHA-1 tells an accident from the intended bytes, nothing more: it is what XDS gives. Some servers write it in hex.
    digest = hashlib.sha1(data, usedforsecurity=False)
    written = (base64.b64encode(digest.digest()).decode(), digest.hexdigest())
    if (attachment.size and attachment.size != len(data)) or (attachment.sha1 and attachment.sha1 not in written):
        raise Unreadable(Reason.DAMAGED)


def _is_plain(response: httpx.Response) -> bool:
    """Whether what comes are the bytes themselves, uncompressed."""
    return bool(response.headers.get("content-encoding", "identity").strip().lower() == "identity")


def _is_worth_raw(attachment: Attachment) -> bool:
    """Whether to ask for the bytes themselves: of a content that is large or may be, and whose type is not JSON."""
    size = attachment.size or PIECE
    return size >= PIECE and "/" in attachment.content_type and not attachment.content_type.endswith("json")
