"""What a server says it can do, remembered for a day. A server that says little is taken at its best."""

from datetime import datetime, timedelta
from typing import Any

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.fhir.types import PULLED_TYPES
from mes_app.store.database import Database
from mes_app.store.preferences import get_preference, put_preference
from mes_app.sync.api import FhirApi

_NAME = "server_types"
_FRESH = timedelta(hours=24)


async def choose_types(api: FhirApi, database: Database, now: datetime) -> tuple[str, ...]:
    """The types to pull from this server, most useful first. Raises Unreadable(NOT_FHIR) and as ``FhirApi.get``."""
    kept = await database.read(get_preference, _NAME)
    if kept and kept["base"] == api.base and now - datetime.fromisoformat(kept["at"]) < _FRESH:
        return tuple(kept["types"])
    types = await read_types(api)
    await database.write(put_preference, _NAME, {"base": api.base, "at": now.isoformat(), "types": types})
    return types


async def read_types(api: FhirApi) -> tuple[str, ...]:
    """Ask the server now. Raises Unreadable(NOT_FHIR) when what answers is no FHIR server."""
    statement = read_body((await api.get("metadata")).body)
    if statement.get("resourceType") != "CapabilityStatement":
        raise Unreadable(Reason.NOT_FHIR)
    offered = {
        resource.get("type"): resource
        for rest in _objects(statement.get("rest"))
        for resource in _objects(rest.get("resource"))
    }
    return tuple(name for name in PULLED_TYPES if not offered or _finds_by_patient(offered.get(name)))


def _finds_by_patient(resource: dict[str, Any] | None) -> bool:
    """Whether the type can be searched by patient, as far as the server says."""
    if resource is None:
        return False
    interactions = {interaction.get("code") for interaction in _objects(resource.get("interaction"))}
    parameters = {parameter.get("name") for parameter in _objects(resource.get("searchParam"))}
    return (not interactions or "search-type" in interactions) and (not parameters or "patient" in parameters)


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
