"""What goes wrong on the way to a server, said before a run: which request, of its kind, and how."""

from dataclasses import dataclass, field
from enum import StrEnum

import httpx

_WRITTEN = {"POST": "create", "PUT": "update", "DELETE": "delete"}


class Harm(StrEnum):
    """What happens to one request. LATE: it is taken for lost, and reaches the server after others. KILL: so dies the
    process that sent it. MEANWHILE: somebody else does something just before it arrives."""

    DROP_BEFORE = "drop before"
    DROP_AFTER = "drop after"
    DUPLICATE = "duplicate"
    LATE = "late"
    REFUSE = "refuse"
    FAIL_AFTER = "fail after"
    CUT = "cut"
    SWELL = "swell"
    KILL_BEFORE = "kill before"
    KILL_AFTER = "kill after"
    MEANWHILE = "meanwhile"


@dataclass(frozen=True, slots=True)
class Fault:
    """One harm to the request number ``nth`` (from 0) of a verb, and of a type where that is not empty.

    ``number``: the status, the seconds or the requests that the harm takes.
    """

    harm: Harm
    verb: str
    type: str = ""
    nth: int = 0
    number: int = 0


def name_verb(request: httpx.Request) -> tuple[str, str]:
    """What a request is, and of which type; writes go one after the other, so that their type does not matter."""
    path = request.url.path.partition("/fhir")[2].strip("/")
    resource_type, _, rid = path.partition("/")
    if request.method in _WRITTEN:
        created = request.method == "PUT" and "if-none-match" in request.headers
        return ("create" if created else _WRITTEN[request.method] if path else "bundle"), ""
    if rid or path == "metadata":
        return "read", resource_type
    params = request.url.params
    if params.get("_summary") == "count":
        return "count", resource_type
    return ("page" if "_offset" in params else "list" if "_elements" in params else "search"), resource_type


@dataclass
class Plan:
    """The faults of one run, each used once. ``used`` tells which came true."""

    faults: list[Fault] = field(default_factory=list)
    used: list[Fault] = field(default_factory=list)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, request: httpx.Request) -> Fault | None:
        """What is to happen to this request."""
        place = name_verb(request)
        nth = self._counts.get(place, 0)
        self._counts[place] = nth + 1
        for fault in self.faults:
            if (fault.verb, fault.type, fault.nth) == (*place, nth) and fault not in self.used:
                self.used.append(fault)
                return fault
        return None
