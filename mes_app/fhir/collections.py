"""A FHIR Bundle of the type collection, written piece by piece: each resource exactly as it is stored."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

import msgspec

COLLECTION_END = b"\n]}\n"


def begin_collection(made_at: datetime) -> bytes:
    """What comes before the first entry; COLLECTION_END comes after the last."""
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return b'{"resourceType":"Bundle","type":"collection","timestamp":"%s","entry":[' % moment.encode()


class CollectionEntries:
    """Writes the entries, with the commas between them."""

    def __init__(self) -> None:
        self._between = b"\n"

    def write(self, full_url: str, body: bytes) -> bytes:
        """One entry: ``body`` is the JSON of a resource."""
        entry = msgspec.json.encode({"fullUrl": full_url, "resource": msgspec.Raw(body)})
        written, self._between = self._between + entry, b",\n"
        return written


def name_shared(resource_type: str, rid: str) -> str:
    """The ``fullUrl`` of a resource that is no record of ours: the same each time."""
    return uuid5(NAMESPACE_URL, f"{resource_type}/{rid}").urn
