"""What a server of the simulation holds: every version of every resource, and when each came to be seen."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec

Body = dict[str, Any]
Key = tuple[str, str]

_decoder = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)
_encoder = msgspec.json.Encoder(decimal_format="number")


def read_json(raw: bytes) -> Body:
    """JSON with its numbers as they are written."""
    return _decoder.decode(raw)


def write_json(body: object) -> bytes:
    """The inverse of ``read_json``."""
    return _encoder.encode(body)


@dataclass(frozen=True, slots=True)
class Version:
    """One version; ``body`` is None for a deletion. ``seen`` is when others begin to see it: a commit may be late."""

    number: int
    at: datetime
    seen: datetime
    body: Body | None

    @property
    def ver(self) -> str:
        """The version id as the server writes it; a deletion has none to show."""
        return str(self.body["meta"]["versionId"]) if self.body else ""


class Histories:
    """All versions by type and id, oldest first. ``now`` is the server's clock."""

    def __init__(self, now: Callable[[], datetime], *, uuid_versions: bool, precision: int) -> None:
        self._now = now
        self._uuid_versions = uuid_versions
        self._precision = precision
        self._versions: dict[Key, tuple[Version, ...]] = {}

    def find(self, key: Key) -> Version | None:
        """The version that a reader sees now."""
        seen = [version for version in self._versions.get(key, ()) if version.seen <= self._now()]
        return seen[-1] if seen else None

    def list_live(self, resource_type: str = "") -> Iterator[tuple[Key, Version]]:
        """What a search can find now."""
        for key in self._versions:
            version = self.find(key) if resource_type in ("", key[0]) else None
            if version and version.body is not None:
                yield key, version

    def list_versions(self, key: Key) -> tuple[Version, ...]:
        """Every version there ever was, those not yet seen too."""
        return self._versions.get(key, ())

    def list_keys(self) -> list[Key]:
        """Every resource there ever was."""
        return [key for key, versions in self._versions.items() if versions]

    def settle(self, key: Key) -> None:
        """Show what waits to be seen: a second writer of a row waits for the first one to commit."""
        now = self._now()
        self._versions[key] = tuple(
            replace(version, seen=min(version.seen, now)) for version in self.list_versions(key)
        )

    def add(self, key: Key, body: Body | None, *, late: float = 0) -> Version:
        """Write the next version, seen ``late`` seconds after its date."""
        self.settle(key)
        now = self._now() if self._precision else self._now().replace(microsecond=0)
        number = len(self._versions[key]) + 1
        stamped = None if body is None else self._stamp(key, number, now, body)
        version = Version(number, now, now + timedelta(seconds=late), stamped)
        self._versions[key] = (*self._versions[key], version)
        return version

    def save_point(self) -> dict[Key, tuple[Version, ...]]:
        """What ``restore`` takes."""
        return dict(self._versions)

    def restore(self, point: dict[Key, tuple[Version, ...]]) -> None:
        """Undo everything since ``save_point``."""
        self._versions = point

    def _stamp(self, key: Key, number: int, now: datetime, body: Body) -> Body:
        name = "/".join((*key, str(number)))
        ver = str(uuid.uuid5(uuid.NAMESPACE_URL, name)) if self._uuid_versions else str(number)
        written = now.isoformat(timespec="milliseconds" if self._precision else "seconds").replace("+00:00", "Z")
        former = body.get("meta", {})
        return body | {"id": key[1], "meta": former | {"versionId": ver, "lastUpdated": written}}
