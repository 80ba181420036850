"""Write what was chosen of a record that began here as that of a person whom a service knows, and take it back.

Every function runs in the transaction of its caller, and returns how to undo what it did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mes_app.domain.joining import JoinItem, fill_details
from mes_app.domain.people import Profile
from mes_app.domain.personal_settings import merge_setting
from mes_app.domain.record import Kind, Row
from mes_app.fhir.adopting import Rename, adopt
from mes_app.fhir.authors import sign_anew
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.elements import Json
from mes_app.fhir.references import split_reference
from mes_app.services.decoding import make_refs
from mes_app.services.editing import change_own, list_statements
from mes_app.services.encoding import describe_body, describe_body_of, find_owner
from mes_app.services.personal_settings import put_setting
from mes_app.services.profiles import read_details
from mes_app.services.undoing import Undo
from mes_app.store.database import Connection
from mes_app.store.edits import When, create_record, delete_record, restore_record, write_version
from mes_app.store.folders import arrange_records, drop_empty_folder, find_arrangements
from mes_app.store.folds import list_folded
from mes_app.store.journal import note_act
from mes_app.store.moves import move_content, move_records
from mes_app.store.own_titles import set_own_title
from mes_app.store.preferences import get_profile_preference
from mes_app.store.records import Stored, find_record, get_record
from mes_app.store.references import find_address
from mes_app.store.shared import find_shared
from mes_app.store.versions import find_versions, require_versions

_OURS = "urn:uuid:"


@dataclass(frozen=True)
class Taking:
    """From whom to whom. ``twins``: of what ``local`` has, the records of ``target`` that say the same."""

    local: Profile
    target: Profile
    twins: Mapping[str, str]


def take_records(con: Connection, taking: Taking, items: Sequence[JoinItem], when: When) -> Undo:
    """Make these records those of the target, each document with its versions and copies."""
    pid, into = taking.local.pid, taking.target.pid
    chosen = {lid: None for item in items for lid in (item.key, *list_folded(con, item.key))}
    before = [get_record(con, lid) for lid in chosen]
    denied = [delete_record(con, row.id, when) for row in _list_denied(con, into, items)]
    folders = move_records(con, [*chosen], into)
    author, refs = find_owner(con, into).author, make_refs(con)
    for stored in before:
        signed = sign_anew(read_body(stored.body), author)
        body = write_body(adopt(signed, _make_rename(con, taking, author, chosen), refs))
        write_version(con, require_versions(con, stored.row.id), describe_body_of(taking.target, body), when)
        note_act(con, into, "join", stored.row.id, when.at)

    def undo(con: Connection, when: When) -> None:
        for stored in before:
            _bring_back(con, stored, pid, when)
        for folder in folders:
            drop_empty_folder(con, *folder)
        for statement in denied:
            restore_record(con, statement, when)

    return undo


def take_details(con: Connection, taking: Taking, when: When) -> Undo:
    """How the person is reached, where the target does not tell. Raises NotAllowed(NOT_YOURS)."""
    mine, theirs = read_details(con, taking.local.pid), read_details(con, taking.target.pid)
    if not mine or not theirs:
        return _leave
    return change_own(con, theirs.id, fill_details(mine, theirs), when).undo


def take_preference(con: Connection, taking: Taking, name: str) -> Undo:
    """What only this device knows of the person; it stays with the record that began here as well."""
    into = taking.target.pid
    mine, theirs = (get_profile_preference(con, pid, name) for pid in (taking.local.pid, into))

    put_setting(con, into, name, merge_setting(name, mine, theirs))
    return lambda con, _when: put_setting(con, into, name, theirs)


def take_back(undone: Sequence[Undo]) -> Undo:
    """All of these as one."""

    def undo(con: Connection, when: When) -> None:
        for each in reversed(undone):
            each(con, when)

    return undo


def _leave(_con: Connection, _when: When) -> None:
    """Nothing was done."""


def _list_denied(con: Connection, into: str, items: Sequence[JoinItem]) -> list[Row]:
    """The person's own « Je n'ai pas de … » that no longer hold."""
    kinds = {item.kind for item in items if item.kind is not None and item.kind is not Kind.NOTHING_DECLARED}
    return [row for kind in kinds for row in list_statements(con, into, kind)]


def _make_rename(con: Connection, taking: Taking, author: str, chosen: Mapping[str, None]) -> Rename:
    """How the target's record names what that of here named; what stays here is named in words."""
    into = taking.target.pid

    def rename(text: str, node: Json) -> Json | None:
        found = split_reference(text)
        if text == taking.local.address:
            address = taking.target.address
        elif found:
            address = text if text == author or find_shared(con, *found) or find_record(con, into, *found) else ""
        else:
            address = _name_ours(con, taking, text.removeprefix(_OURS), chosen)
        return {**node, "reference": address} if address else None

    return rename


def _name_ours(con: Connection, taking: Taking, lid: str, chosen: Mapping[str, None]) -> str:
    """A record of the vault that no server had; empty where it does not come along."""
    ours = lid if lid in chosen else taking.twins.get(lid, lid)
    now = find_versions(con, ours)
    if now is None or now.profile != taking.target.pid:
        return ""
    return find_address(con, ours) or f"{_OURS}{ours}"


def _bring_back(con: Connection, stored: Stored, pid: str, when: When) -> None:
    """The record as it was, that of ``pid`` again; what was sent goes from the service, and is here anew."""
    lid = stored.row.id
    now = find_versions(con, lid)
    if now is None or now.deleted:
        return
    written = describe_body(con, pid, stored.body)
    if now.rid is None and not now.sent:
        move_records(con, [lid], pid)
        write_version(con, require_versions(con, lid), written, when)
        return
    place = find_arrangements(con, [lid])
    again = create_record(con, pid, written, when)
    move_content(con, lid, again)
    delete_record(con, lid, when)
    if stored.row.kind is Kind.DOCUMENTS:
        arrange_records(con, {again: place[lid]})
        set_own_title(con, again, stored.row.own_title)
