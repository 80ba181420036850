"""Searches and histories run: the conditions of a search joined with the rights of who asks, page by page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement, Select, Table, and_, func, select

from mes_backend.fhir.bundles import make_bundle, make_match, make_notice, make_past
from mes_backend.fhir.calls import Answer, Call, Work
from mes_backend.fhir.outcomes import FhirError, make_outcome
from mes_backend.fhir.paging import DEFAULT_COUNT, come_after, read_count, read_mark, write_mark
from mes_backend.fhir.parameters import SHARED
from mes_backend.fhir.search import Search, read_search, read_time
from mes_backend.fhir.store import Version
from mes_backend.fhir.tables import resources, versions
from mes_backend.fhir.texts import pick_elements, write_json
from mes_backend.fhir.visibility import Limits, find_owners, find_seen, list_seen, may_see

_KEY = len(Version._fields)  # after a version, a row holds its sort key
_FIRST = 1  # a version's own key, instant, comes first

Pairs = list[tuple[str, str]]


def list_matches(work: Work, call: Call) -> Answer:
    """GET Type?…: a searchset, newest first unless ``_sort`` says else. The total is told on the first page."""
    search = read_search(call.path[0], call.query, strict=call.prefers("handling=strict"))
    asked = work.reach.patients if search.patients is None else search.patients
    work.patients |= asked & work.reach.patients
    wanted = _where(work, search)
    total = None if search.mark else work.con.scalar(select(func.count()).select_from(resources).where(*wanted))
    rows = [] if search.counts_only else _page(work, search, wanted)
    entries = [_show(work, search, row) for row in rows[: search.count]]
    mark = rows[search.count - 1][_KEY:] if len(rows) > search.count else None
    links = _make_links(work, call, search.used, mark)
    return Answer(200, make_bundle("searchset", entries + _notices(search), links, total))


def find_matches(work: Work, type_: str, query: str) -> list[Version]:
    """At most two resources that answer a condition (If-None-Exist, conditional reference), as far as one sees."""
    search = read_search(type_, query, strict=True)
    if not search.conditions and search.patients is None:
        raise FhirError(400, "A condition needs at least one search parameter")
    search.count, search.mark = 1, ""
    return [Version._make(row[:_KEY]) for row in _page(work, search, _where(work, search))]


def list_past(work: Work, call: Call) -> Answer:
    """GET Type/_history or Type/id/_history: newest first, deletions included, ``_since`` included."""
    type_, rid = call.path[0], call.path[1] if len(call.path) == 3 else None
    if type_ == "Binary" or (type_ in SHARED and not rid):
        raise FhirError(403, "Resources of this type are looked up by id, never listed")
    used = [(name, value) for name, value in parse_qsl(call.query) if name in ("_since", "_count", "_page")]
    asked = dict(used)
    count = read_count(asked.get("_count", str(DEFAULT_COUNT)))
    rows = work.con.execute(_select_past(work, type_, rid, _read_limits(asked)).limit(count + 1)).all()
    work.patients |= _find_touched(work, type_, rid)
    mark = rows[count - 1][:_FIRST] if len(rows) > count > 0 else None
    entries = [make_past(work.base, Version._make(row)) for row in rows[:count]]
    return Answer(200, make_bundle("history", entries, _make_links(work, call, used, mark)))


def _where(work: Work, search: Search) -> list[ColumnElement[bool]]:
    seen = _seen(work, search.type, resources, search.limits, search.patients)
    return [resources.c.live, *search.conditions, *seen]


def _seen(
    work: Work, type_: str, row: Table, limits: Limits, asked: frozenset[str] | None = None
) -> list[ColumnElement[bool]]:
    """The rows of this type in ``row`` that one sees, of ``asked`` patients or all, of an instant within ``limits``."""
    if type_ in SHARED | {"Person"} and asked is None:
        return [row.c.type == type_, may_see(work.reach, type_, row), *(limit(row.c.instant) for limit in limits)]
    return [row.c.instant.in_(list_seen(work.reach, type_, asked, limits))]


def _page(work: Work, search: Search, wanted: list[ColumnElement[bool]]) -> Any:
    """Rows of a version and its sort key: one more than a page, so that one knows whether another follows."""
    order = search.order
    query = select(versions, *order.columns).join(resources, resources.c.instant == versions.c.instant).where(*wanted)
    if search.mark:
        mark = read_mark(search.mark, len(order.columns))
        query = query.where(come_after(order.columns, mark, descending=order.descending))
    sorted_ = query.order_by(*(key.desc() if order.descending else key.asc() for key in order.columns))
    return work.con.execute(sorted_.limit(search.count + 1)).all()


def _select_past(work: Work, type_: str, rid: str | None, limits: Limits) -> Select[Any]:
    """Versions that one sees, of resources that one sees now."""
    same = and_(resources.c.type == versions.c.type, resources.c.id == versions.c.id)
    query = select(versions).join(resources, same).where(may_see(work.reach, type_, resources))
    if rid:
        one = (versions.c.type == type_, versions.c.id == rid, may_see(work.reach, type_, versions))
        query = query.where(*one, *(limit(versions.c.instant) for limit in limits))
    else:
        query = query.where(*_seen(work, type_, versions, limits))
    return query.order_by(versions.c.instant.desc())


def _read_limits(asked: Mapping[str, str]) -> Limits:
    limits: list[Callable[[ColumnElement[Any]], ColumnElement[bool]]] = []
    if "_since" in asked:
        since = read_time(asked["_since"]).low
        limits.append(lambda instant: instant >= since)
    if "_page" in asked:
        mark = read_mark(asked["_page"], 1)
        limits.append(lambda instant: come_after((instant,), mark, descending=True))
    return limits


def _find_touched(work: Work, type_: str, rid: str | None) -> frozenset[str]:
    if not rid:
        return work.reach.patients
    current = find_seen(work.con, work.reach, type_, rid)
    if not current:
        raise FhirError(404, "There is no such resource")
    return find_owners(work.con, current) & work.reach.patients


def _show(work: Work, search: Search, row: Any) -> str:
    version = Version._make(row[:_KEY])
    if search.elements:
        version = version._replace(body=pick_elements(version.body or "", search.elements))
    return make_match(work.base, version)


def _make_links(work: Work, call: Call, used: Pairs, mark: Sequence[int | str] | None) -> Pairs:
    links = [("self", _link(work, call, used))]
    if mark is not None:
        rest = [(name, value) for name, value in used if name != "_page"]
        links.append(("next", _link(work, call, [*rest, ("_page", write_mark(mark))])))
    return links


def _link(work: Work, call: Call, pairs: Pairs) -> str:
    address = "/".join((work.base, *call.path))
    return f"{address}?{urlencode(pairs)}" if pairs else address


def _notices(search: Search) -> list[str]:
    if not search.ignored:
        return []
    return [make_notice(write_json(make_outcome(200, "Some search parameters are unknown here and were passed over")))]
