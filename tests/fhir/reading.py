"""What the tests of this folder read: samples, and shared resources as the store would hold them."""

import json
from pathlib import Path
from typing import Any

from mes_app.domain.record import Entry, Overview
from mes_app.fhir.codec import decode
from mes_app.fhir.elements import Json
from mes_app.fhir.overviews import summarise

SAMPLES = Path(__file__).parent / "samples"
SHARED = {
    ("Practitioner", "roux"): "practitioner",
    ("PractitionerRole", "kine"): "practitioner_role",
}


def body(name: str) -> bytes:
    return (SAMPLES / f"{name}.json").read_bytes()


def sample(name: str, /, **changes: Any) -> Json:
    """A sample, with elements replaced, or removed where the change is None."""
    resource = json.loads(body(name)) | changes
    return {element: value for element, value in resource.items() if value is not None}


def sample_names() -> list[str]:
    return sorted(path.stem for path in SAMPLES.glob("*.json"))


def synthea() -> list[Json]:
    found: list[Json] = json.loads((SAMPLES / "synthea" / "resources.json").read_bytes())
    return found


def shared(kind: str, rid: str) -> Json | None:
    name = SHARED.get((kind, rid))
    return sample(name) if name else None


def nowhere(_kind: str, _rid: str) -> Json | None:
    return None


def summary(name: str, /, **changes: Any) -> Overview:
    return summarise(sample(name, **changes), holder=True)


def opened(name: str, /, **changes: Any) -> Entry:
    """The sample decoded as the kind its overview gives; numbers stay as written when nothing is changed."""
    raw = json.dumps(sample(name, **changes)).encode() if changes else body(name)
    return decode(summary(name, **changes).kind, raw, shared)
