"""What this server can do, told from the same tables that make it so."""

from typing import Any

from mes_backend.fhir.parameters import KINDS, SHARED
from mes_backend.fhir.search import list_parameters
from mes_backend.rights import READ_ONLY

ENFORCES_ACCESS_CONTROL = "https://mes-carnets.example/fhir/StructureDefinition/enforces-access-control"
"""Says that nobody reads here what a label keeps from them. No professional reads anything yet: whoever lets them keeps
this true, or takes it away.
"""
_READS = ("read", "vread", "history-instance")
_LISTS = ("search-type", "history-type")
_WRITES = ("create", "update", "delete")


def make_capability(base: str) -> dict[str, Any]:
    """The CapabilityStatement of the server at ``base``."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-01",
        "kind": "instance",
        "software": {"name": "Mes carnets"},
        "implementation": {"description": "Mes carnets", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [
            {
                "mode": "server",
                "security": {
                    "extension": [{"url": ENFORCES_ACCESS_CONTROL, "valueBoolean": True}],
                    "description": "OAuth 2.0 with DPoP: each account reaches the records of its family",
                },
                "resource": [_describe(type_) for type_ in sorted(KINDS)],
                "interaction": [{"code": "transaction"}, {"code": "batch"}],
            }
        ],
    }


def _describe(type_: str) -> dict[str, Any]:
    listed = type_ != "Binary"
    codes = [*_READS, *(_LISTS if listed else ()), *(_WRITES if _is_written(type_) else ())]
    described: dict[str, Any] = {
        "type": type_,
        "interaction": [{"code": code} for code in codes],
        "versioning": "versioned-update",
        "readHistory": True,
        "updateCreate": _is_written(type_),
        "conditionalCreate": _is_written(type_),
        "conditionalRead": "not-match",
        "conditionalUpdate": False,
        "conditionalDelete": "not-supported",
    }
    parameters = [{"name": name, "type": kind} for name, kind in list_parameters(type_).items()]
    return described | ({"searchParam": parameters} if listed else {})


def _is_written(type_: str) -> bool:
    return type_ not in READ_ONLY and (type_ not in SHARED or bool(KINDS[type_].owner))
