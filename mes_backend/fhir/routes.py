"""The one HTTP door of the FHIR store: a request becomes a Call, an Answer or a refusal becomes a response.

One request is one transaction, which holds its trace: nothing is shown or changed without an AuditEvent.
"""

import logging
import traceback
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.routing import APIRoute
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from uuid6 import uuid7

from mes_backend.audit import Deed, make_event
from mes_backend.fhir.calls import FHIR_JSON, Answer, Call, Work, make_headers
from mes_backend.fhir.capability import make_capability
from mes_backend.fhir.changes import check_kept
from mes_backend.fhir.interactions import name_interaction, perform
from mes_backend.fhir.outcomes import FhirError, make_outcome
from mes_backend.fhir.store import Draft, Store
from mes_backend.fhir.texts import read_resource, write_json
from mes_backend.fhir.transactions import Bundle, read_bundle, run_bundle
from mes_backend.rights import reachable_patients

LARGEST_BODY = 32 * 1024 * 1024
_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
# Bytes that a person uploaded must never run as a page of this server. They are sent as they are, or two codings of
# them would have one strong tag.
_RAW_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Content-Encoding": "identity",
}

_log = logging.getLogger(__name__)


class Caller(Protocol):
    """What the login says about a request."""

    @property
    def person_id(self) -> str:
        """The id of the account's Person."""


def install(app: FastAPI, store: Store, base: str, current_access: Callable[..., Any]) -> None:
    """Puts the FHIR side at ``/fhir`` of ``app``. ``base`` is its full address; ``current_access`` gives a Caller."""
    app.include_router(make_router(store, base, current_access))
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=2)


def make_router(store: Store, base: str, current_access: Callable[..., Any]) -> APIRouter:
    """The routes: the open CapabilityStatement, and everything else behind the login."""
    router = APIRouter(prefix="/fhir", route_class=_FhirRoute, include_in_schema=False)

    @router.get("/metadata")
    def show_capability() -> Response:
        return Response(write_json(make_capability(base)), media_type=FHIR_JSON)

    def answer(
        request: Request,
        access: Annotated[Caller, Depends(current_access)],
        body: Annotated[bytes, Depends(_read_body)],
    ) -> Response:
        call = _make_call(request, body)
        return _make_response(serve(store, base, access.person_id, call), base)

    router.add_api_route("", answer, methods=_METHODS)
    router.add_api_route("/{path:path}", answer, methods=_METHODS)
    return router


def serve(store: Store, base: str, person_id: str, call: Call) -> Answer:
    """Does one request for an account and writes its trace, both or neither; a refusal is traced by itself."""
    bundle = read_bundle(call.body) if (call.method, call.path) == ("POST", ()) else None
    interaction = bundle.type if bundle else name_interaction(call)
    type_, rid = (*call.path, None, None)[:2]
    patients: set[str] = set()
    reach = reachable_patients(store, person_id)
    try:
        with store.write() as con:
            work = Work(store, con, reach, base, patients=patients)
            answer = _do(work, call, bundle)
            made = answer.version.id if answer.version else rid
            deed = Deed(interaction, type_, None if made == "_history" else made, answer.status)
            _trace(store, con, deed, person_id, patients)
    except FhirError as error:
        with store.write() as con:
            _trace(store, con, Deed(interaction, type_, None, error.status), person_id, patients)
        raise
    return answer


def _do(work: Work, call: Call, bundle: Bundle | None) -> Answer:
    if bundle:
        return run_bundle(work, bundle, call)
    answer = perform(work, call)
    check_kept(work)
    return answer


def _trace(store: Store, con: Connection, deed: Deed, person_id: str, patients: set[str]) -> None:
    event = make_event(deed, person_id, patients, store.clock())
    store.append(con, [Draft("AuditEvent", str(uuid7()), "POST", read_resource(write_json(event).encode()))])


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise FhirError(413, "The body is larger than this server accepts")
    return bytes(body)


def _make_call(request: Request, body: bytes) -> Call:
    accept = request.headers.get("accept", "")
    if "xml" in accept and not any(kind in accept for kind in ("json", "*/*")):
        raise FhirError(406, "This server speaks application/fhir+json")
    path = tuple(part for part in request.path_params.get("path", "").split("/") if part)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Call(request.method, path, request.url.query, headers, body)


def _make_response(answer: Answer, base: str) -> Response:
    headers = make_headers(answer, base)
    if answer.raw is not None:
        return Response(answer.raw, answer.status, headers | _RAW_HEADERS | {"Content-Type": answer.content_type})
    return Response(answer.body, answer.status, headers, FHIR_JSON if answer.body else None)


class _FhirRoute(APIRoute):
    """A route whose every refusal is an OperationOutcome."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_or_explain(request: Request) -> Response:
            try:
                return await handle(request)
            except Exception as error:  # noqa: BLE001  # the last boundary: all is told, nothing is hidden
                return _explain(error)

        return handle_or_explain


def _explain(error: Exception) -> Response:
    """The one table of refusals."""
    headers: dict[str, str] = {}
    match error:
        case FhirError():
            status, outcome = error.status, make_outcome(error.status, error.text, error.place)
        case HTTPException():
            headers = dict(error.headers or {})
            status, outcome = error.status_code, make_outcome(error.status_code, str(error.detail))
        case OperationalError():
            headers = {"Retry-After": "5"}
            status, outcome = 503, make_outcome(503, "The database is busy or full")
        case _:
            status, outcome = 500, make_outcome(500, "The server met an error of its own")
    if status >= 500:  # frames only: the text of an error may hold what was sent
        _log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return Response(write_json(outcome), status, headers, FHIR_JSON)
