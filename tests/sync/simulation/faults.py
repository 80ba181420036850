"""What goes wrong on the way to a server, said before a run: which request, of its kind, and how."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import httpx

WRITE = "write"
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
    """One harm to the request number ``nth`` (from 0) of a verb and a type; all writes count together, as WRITE.

    ``number``: the status, the requests or the act that the harm takes.
    """

    harm: Harm
    verb: str = WRITE
    type: str = ""
    nth: int = 0
    number: int = 0


def name_verb(request: httpx.Request) -> tuple[str, str]:
    """What a request is, and of which type: search, page, count, list (of versions), read, create, update, delete…"""
    path = request.url.path.partition("/fhir")[2].strip("/")
    resource_type, _, rid = path.partition("/")
    if request.method in _WRITTEN:
        created = request.method == "PUT" and "if-none-match" in request.headers
        return ("create" if created else _WRITTEN[request.method] if path else "bundle"), resource_type
    if rid or path == "metadata":
        return "read", resource_type
    params = request.url.params
    if params.get("_summary") == "count":
        return "count", resource_type
    return ("page" if "_offset" in params else "list" if "_elements" in params else "search"), resource_type


def _is_always_fair(_fault: Fault, _verb: str) -> bool:
    return True


@dataclass
class Plan:
    """The faults of one run, each used once, where ``is_fair`` says that a client can do something about it.

    Requests of one type come in order, and so do writes; what comes of different types at once does not.
    """

    faults: list[Fault] = field(default_factory=list)
    is_fair: Callable[[Fault, str], bool] = _is_always_fair
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, request: httpx.Request) -> Fault | None:
        """What is to happen to this request."""
        verb, resource_type = name_verb(request)
        place = (verb, resource_type) if request.method == "GET" else (WRITE, "")
        nth = self._counts[place]
        self._counts[place] += 1
        for fault in self.faults:
            if (fault.verb, fault.type, fault.nth) == (*place, nth) and self.is_fair(fault, verb):
                self.faults.remove(fault)
                return fault
        return None
