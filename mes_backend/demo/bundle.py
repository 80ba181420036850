"""Writes the bundle from which the app shows the same family without a server.

``python -m mes_backend.demo.bundle`` renews assets/demo/family.json.gz; a test says when that is due. The family is
that of one fixed day, so that the file only changes when its content does.
"""

import gzip
import json
from datetime import date
from pathlib import Path

from mes_backend.demo.elements import Json
from mes_backend.demo.family import Family, build_family

ANCHOR = date(2026, 11, 20)
SERVER = "https://demonstration.mes-carnets.example/fhir"
ASSET = Path(__file__).parents[2] / "assets" / "demo" / "family.json.gz"


def _add_version(resource: Json) -> Json:
    meta = {"versionId": "1", "lastUpdated": f"{ANCHOR.isoformat()}T06:00:00Z"}
    return {"resourceType": resource["resourceType"], "id": resource["id"], "meta": meta} | resource


def make_bundle(family: Family) -> bytes:
    """One FHIR collection Bundle of the whole family as JSON, contents included."""
    entries = [
        {"fullUrl": f"{SERVER}/{resource['resourceType']}/{resource['id']}", "resource": _add_version(resource)}
        for resource in family.resources
    ]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": f"{ANCHOR.isoformat()}T06:00:00Z",
        "entry": entries,
    }
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":")).encode()


def main() -> None:
    """Write the asset."""
    ASSET.parent.mkdir(parents=True, exist_ok=True)
    ASSET.write_bytes(gzip.compress(make_bundle(build_family(ANCHOR)), mtime=0))


if __name__ == "__main__":
    main()
