"""What a server says it can do, remembered for a day. Reading takes it at its best, writing at its word only.

A promise that is not made is not relied on: without ``updateCreate`` and ``conditionalCreate`` a change is looked for
before it is sent, without ``transaction`` each request goes alone.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.fhir.types import PULLED_TYPES
from mes_app.store.database import Connection, Database
from mes_app.store.preferences import get_preference, put_preference
from mes_app.sync.api import FhirApi

_NAME = "server_capabilities"
_ENFORCES = "https://mes-carnets.example/fhir/StructureDefinition/enforces-access-control"
_FRESH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """``types`` can be pulled, most useful first. ``update_create``: types whose id the client may choose.

    ``conditional_create``: types created only when nothing answers ``If-None-Exist``. ``transaction``: several changes
    may go as one. ``enforces_access_control``: what a label keeps from somebody is not shown to them; of a server that
    does not say so, a document hidden from professionals is only asked to be.
    """

    types: tuple[str, ...] = PULLED_TYPES
    update_create: tuple[str, ...] = ()
    conditional_create: tuple[str, ...] = ()
    transaction: bool = False
    enforces_access_control: bool = False


async def choose_capabilities(api: FhirApi, database: Database, now: datetime) -> Capabilities:
    """Those known since less than a day, else those told now. Raises Unreadable(NOT_FHIR) and as ``FhirApi.get``."""
    kept = await database.read(get_preference, _NAME)
    if kept and kept["base"] == api.base and now - datetime.fromisoformat(kept["at"]) < _FRESH:
        return _restore(kept["told"])
    told = await read_capabilities(api)
    await database.write(put_preference, _NAME, {"base": api.base, "at": now.isoformat(), "told": asdict(told)})
    return told


async def read_capabilities(api: FhirApi) -> Capabilities:
    """Ask the server now. Raises Unreadable(NOT_FHIR) when what answers is no FHIR server."""
    statement = read_body((await api.get("metadata")).body)
    if statement.get("resourceType") != "CapabilityStatement":
        raise Unreadable(Reason.NOT_FHIR)
    rests = _objects(statement.get("rest"))
    offered = {str(resource.get("type")): resource for rest in rests for resource in _objects(rest.get("resource"))}
    return Capabilities(
        types=tuple(name for name in PULLED_TYPES if not offered or _finds_by_patient(offered.get(name))),
        update_create=_select(offered, "updateCreate"),
        conditional_create=_select(offered, "conditionalCreate"),
        transaction="transaction" in _codes(rests),
        enforces_access_control=any(map(_enforces, rests)),
    )


def find_capabilities(con: Connection, base: str) -> Capabilities:
    """What the server at ``base`` last said, however long ago; of one that was never asked, what may be assumed."""
    kept = get_preference(con, _NAME)
    return _restore(kept["told"]) if kept and kept["base"] == base else Capabilities()


def _restore(told: dict[str, Any]) -> Capabilities:
    types, update_create, conditional_create = (
        tuple(told[name]) for name in ("types", "update_create", "conditional_create")
    )
    enforces = told.get("enforces_access_control", False)  # not yet asked for when an older version of the app did
    return Capabilities(types, update_create, conditional_create, told["transaction"], enforces)


def _enforces(rest: dict[str, Any]) -> bool:
    security = rest.get("security")
    said = _objects(security.get("extension")) if isinstance(security, dict) else []
    return any(extension.get("url") == _ENFORCES and extension.get("valueBoolean") is True for extension in said)


def _select(offered: dict[str, dict[str, Any]], promise: str) -> tuple[str, ...]:
    return tuple(sorted(name for name, resource in offered.items() if resource.get(promise) is True))


def _finds_by_patient(resource: dict[str, Any] | None) -> bool:
    """Whether the type can be searched by patient, as far as the server says."""
    if resource is None:
        return False
    interactions = _codes([resource])
    parameters = {parameter.get("name") for parameter in _objects(resource.get("searchParam"))}
    return (not interactions or "search-type" in interactions) and (not parameters or "patient" in parameters)


def _codes(holders: Iterable[dict[str, Any]]) -> set[object]:
    """The codes of the interactions that are listed."""
    return {interaction.get("code") for holder in holders for interaction in _objects(holder.get("interaction"))}


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
