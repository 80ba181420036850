"""What a record that began here and one of a service have, side by side: what would go, and what is there already."""

from collections.abc import Iterator
from typing import Any

from mes_app.domain.joining import (
    DETAILS,
    JoinItem,
    JoinPlan,
    JoinState,
    Target,
    compare_people,
    fill_details,
    list_likenesses,
    tells_something,
)
from mes_app.domain.people import Profile
from mes_app.domain.personal_settings import merge_setting
from mes_app.domain.record import Kind, Row
from mes_app.errors import NotAllowed, Reason
from mes_app.fhir.bodies import read_body
from mes_app.services.decoding import make_refs
from mes_app.services.import_twins import Known, list_keys, read_known
from mes_app.services.profiles import read_details
from mes_app.store.database import Connection
from mes_app.store.dossiers import list_dossier, read_bodies
from mes_app.store.folds import list_folded
from mes_app.store.places import list_digests
from mes_app.store.preferences import list_profile_preferences
from mes_app.store.profiles import get_profile, list_profiles
from mes_app.store.records import count_by_kind


def list_targets(con: Connection, pid: str) -> list[Target]:
    """The records of services in this vault, compared with that of ``pid``, in the order of the vault.

    Raises Rejected("profile", UNKNOWN_RECORD), NotAllowed(NOT_YOURS) where ``pid`` is of a service itself.
    """
    local = require_local(con, pid)
    known = [profile for profile in list_profiles(con) if not profile.is_local]
    return [compare_people(local, profile, read_known(con, profile.pid).names) for profile in known]


def could_join(con: Connection, pid: str) -> bool:
    """Whether something is noted of ``pid``, and there is somebody of a service whose record it could join."""
    known = any(not profile.is_local for profile in list_profiles(con))
    return known and any(kind is not Kind.PEOPLE for kind in count_by_kind(con, pid))


def make_plan(con: Connection, pid: str, into: str) -> JoinPlan:
    """What of ``pid`` would go ``into`` another. Raises as ``list_targets``, NotAllowed(NOT_YOURS) for a local one."""
    local, known = require_local(con, pid), read_known(con, into)
    if known.profile.is_local:
        raise NotAllowed(Reason.NOT_YOURS)
    items = [*_list_records(con, local, known), *_list_details(con, pid, into), *_list_preferences(con, pid, into)]
    return JoinPlan(local, compare_people(local, known.profile, known.names), tuple(items))


def require_local(con: Connection, pid: str) -> Profile:
    """A profile that began here. Raises Rejected("profile", UNKNOWN_RECORD), NotAllowed(NOT_YOURS)."""
    profile = get_profile(con, pid)
    if not profile.is_local:
        raise NotAllowed(Reason.NOT_YOURS)
    return profile


def _list_records(con: Connection, local: Profile, known: Known) -> Iterator[JoinItem]:
    """Each document once, whatever versions and copies of it there are."""
    alike = {key: row.id for row in list_dossier(con, known.profile.pid) for key in list_likenesses(row)}
    rows = [row for row in list_dossier(con, local.pid) if row.id != local.pid]
    behind = {lid for row in rows if row.kind is Kind.DOCUMENTS for lid in list_folded(con, row.id)}
    digests = {lid: digest for digest, lid in list_digests(con, local.pid)}
    bodies = dict(read_bodies(con, local.pid, [row.id for row in rows]))
    refs = make_refs(con)
    for row in rows:
        if row.id in behind or row.id not in bodies:
            continue
        keys = [*list_keys(read_body(bodies[row.id]), refs), ("sha256", digests.get(row.id))]
        same = (known.twins[key] for key in keys if key in known.twins)
        twin = next(same, "") or next((alike[key] for key in list_likenesses(row) if key in alike), "")
        yield _make_item(row, twin, known)


def _make_item(row: Row, twin: str, known: Known) -> JoinItem:
    contradicted = row.kind is Kind.NOTHING_DECLARED and row.category in known.sections
    state = JoinState.CONTRADICTED if contradicted else JoinState.THERE if twin else JoinState.NEW
    return JoinItem(
        key=row.id, kind=row.kind, title=row.name, date=row.date, category=row.category, state=state, twin=twin
    )


def _list_details(con: Connection, pid: str, into: str) -> Iterator[JoinItem]:
    mine, theirs = read_details(con, pid), read_details(con, into)
    if mine and theirs and tells_something(mine):
        state = JoinState.THERE if fill_details(mine, theirs) == theirs else JoinState.NEW
        yield JoinItem(key=DETAILS, kind=Kind.PEOPLE, state=state)


def _list_preferences(con: Connection, pid: str, into: str) -> Iterator[JoinItem]:
    theirs: dict[str, Any] = list_profile_preferences(con, into)
    for name, mine in list_profile_preferences(con, pid).items():
        kept = merge_setting(name, mine, theirs.get(name))
        yield JoinItem(key=name, kind=None, state=JoinState.THERE if kept == theirs.get(name) else JoinState.NEW)
