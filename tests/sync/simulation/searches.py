"""Search as a server answers it: filters, order, pages that stay the same or that move under the reader's feet."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from tests.sync.simulation.dialects import Dialect
from tests.sync.simulation.histories import Body, Histories, Key, Version

Params = Sequence[tuple[str, str]]
Found = tuple[Key, Version]

_DEFAULT_COUNT = 50


def owner_of(body: Body) -> str:
    """The id of the patient that a resource is of."""
    if body["resourceType"] == "Patient":
        return str(body["id"])
    reference = body.get("subject") or body.get("patient") or body.get("securityContext") or {}
    return str(reference.get("reference", "")).removeprefix("Patient/")


@dataclass(frozen=True, slots=True)
class Query:
    """A search of one type by one who reaches these patients."""

    type: str
    params: Params
    reach: frozenset[str]


class Searches:
    """Answers searches. Pages that do not move are kept by number."""

    def __init__(self, histories: Histories, dialect: Dialect) -> None:
        self._histories = histories
        self._dialect = dialect
        self._kept: list[list[Found]] = []

    def answer(self, query: Query, url: str, hidden: AbstractSet[Key]) -> Body:
        """One page without ``hidden``, or the count alone; ``url`` is that of the type."""
        told = {name: value for name, value in query.params if name not in self._dialect.ignored}
        found = [item for item in self.find_all(query) if item[0] not in hidden]
        if "_page" in told:
            found = self._kept[int(told["_page"])]
        if told.get("_summary") == "count":
            return {"resourceType": "Bundle", "type": "searchset", "total": len(found)}
        start = int(told.get("_offset", 0))
        size = min(int(told.get("_count", _DEFAULT_COUNT)), self._dialect.page_limit)
        page: Body = {
            "resourceType": "Bundle",
            "type": "searchset",
            "entry": [_make_entry(item, url, told.get("_elements", "")) for item in found[start : start + size]],
        }
        if self._dialect.says_total:
            page["total"] = len(found)
        if start + size < len(found):
            page["link"] = [{"relation": "next", "url": f"{url}?{self._next(query.params, found, start + size)}"}]
        return page

    def find_all(self, query: Query) -> list[Found]:
        """Everything that matches, however much, in the order asked for."""
        wanted = [(name, value) for name, value in query.params if name not in self._dialect.ignored]
        found = [
            item
            for item in self._histories.list_live(query.type)
            if owner_of(_body(item)) in query.reach and all(_matches(item, name, value) for name, value in wanted)
        ]
        newest_first = dict(wanted).get("_sort", "").startswith("-")
        return sorted(found, key=lambda item: str(_body(item)["meta"]["lastUpdated"]), reverse=newest_first)

    def _next(self, params: Params, found: list[Found], start: int) -> str:
        stays = [(name, value) for name, value in params if name not in ("_offset", "_page")]
        if not self._dialect.live_paging:
            self._kept.append(found)
            stays.append(("_page", str(len(self._kept) - 1)))
        return urlencode([*stays, ("_offset", str(start))])


def _make_entry(item: Found, url: str, elements: str) -> dict[str, Any]:
    body = _body(item)
    if elements:
        named = {"resourceType", *elements.split(",")}
        body = {name: value for name, value in body.items() if name in named}
    return {"fullUrl": f"{url}/{item[0][1]}", "resource": body, "search": {"mode": "match"}}


def _body(item: Found) -> Body:
    body = item[1].body
    assert body is not None
    return body


def _matches(item: Found, name: str, value: str) -> bool:
    """Parameters that no server of the simulation knows have no effect."""
    (_, rid), version = item
    if name in ("patient", "subject"):
        return owner_of(_body(item)) == value.removeprefix("Patient/")
    if name == "_id":
        return rid in value.split(",")
    if name == "identifier":
        return value in _list_identifiers(_body(item).get("identifier", []))
    if name == "_lastUpdated":
        return version.at >= datetime.fromisoformat(value.removeprefix("ge"))
    return True


def _list_identifiers(identifiers: Iterable[dict[str, str]]) -> list[str]:
    return [form for item in identifiers for form in (f"{item.get('system', '')}|{item['value']}", item["value"])]
