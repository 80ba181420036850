"""The inbox of conflicts: two versions of one record, each with who wrote it and when, and the choice between them.

What is not chosen is kept until the person says that it may go: nothing here loses a version.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mes_app.domain.fields import Field, list_fields
from mes_app.domain.record import Entry, Kind
from mes_app.domain.values import read_moment
from mes_app.errors import Reason, Rejected
from mes_app.fhir.links import merge_links
from mes_app.services.decoding import decode_body
from mes_app.services.encoding import describe_body, encode_entry
from mes_app.services.pens import Pen
from mes_app.store import conflicts
from mes_app.store.conflicts import Conflict, Kept
from mes_app.store.database import Connection
from mes_app.store.edits import When


class Side(StrEnum):
    """Whose version."""

    MINE = "mine"
    THEIRS = "theirs"


Choices = Mapping[str, Side]
_ALWAYS_ASKED = frozenset({"hidden"})
"""Who may read a document is never settled unasked, though one side alone changed it."""


@dataclass(frozen=True, slots=True)
class ConflictSummary:
    """One record that waits for a choice, since ``at`` (UTC)."""

    record_id: str
    profile: str
    kind: Kind
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two. ``who`` wrote it, empty where it does not say; ``when`` (UTC), None where nobody knows."""

    entry: Entry
    who: str
    when: datetime | None


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field of both, None where it is not filled. ``clash``: both sides changed it, and not alike.

    ``label`` is the key of its words. Of a field without clash ``merged`` says which side changed it.
    """

    name: str
    label: str
    mine: Field | None
    theirs: Field | None
    clash: bool
    merged: Side = Side.THEIRS


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """A conflict, opened. A version is None where that side deleted the record: there is then no choice by field."""

    record_id: str
    profile: str
    kind: Kind
    mine: Version | None
    theirs: Version | None
    fields: tuple[FieldChoice, ...]


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version that was not chosen, written at ``at`` (UTC)."""

    kept_id: int
    profile: str
    kind: Kind
    title: str
    side: Side
    at: datetime
    entry: Entry


class Conflicts:
    """The choices that wait, and what was not chosen."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def open(self, record_id: str) -> TwoVersions:
        """One of them, side by side. Raises Rejected(UNKNOWN_RECORD)."""
        return await self._pen.database.read(_open, record_id)

    async def resolve(self, record_id: str, choices: Choices) -> None:
        """Each field from the side chosen by its name; one without clash that is not named, from the side it names.

        Raises Rejected(<field>, MISSING) for a clash without choice, Rejected("side", MISSING) where one side deleted
        the record, Rejected(UNKNOWN_RECORD).
        """
        await self._pen.write(_resolve, record_id, choices, self._pen.when())

    async def resolve_whole(self, record_id: str, side: Side) -> None:
        """The whole version of one side, its deletion too. Raises Rejected(UNKNOWN_RECORD)."""
        await self._pen.write(_resolve_whole, record_id, side, self._pen.when())

    async def kept(self, pid: str) -> list[KeptVersion]:
        """The versions of a person's records that were not chosen, the last first."""
        return await self._pen.database.read(_list_kept, pid)

    async def drop_kept(self, kept_id: int) -> None:
        """Forget one of them for good."""
        await self._pen.database.write(conflicts.drop_kept, kept_id)

    async def list(self) -> list[ConflictSummary]:
        """All of them, the oldest first."""
        return [
            ConflictSummary(found.row.id, found.row.profile, found.row.kind, found.row.title, found.at)
            for found in await self._pen.database.read(conflicts.list_conflicts)
        ]


def _open(con: Connection, record_id: str) -> TwoVersions:
    conflict = conflicts.get_conflict(con, record_id)
    base, mine, theirs = (_decode(con, conflict, body) for body in (conflict.base, conflict.mine, conflict.theirs))
    return TwoVersions(
        record_id=record_id,
        profile=conflict.row.profile,
        kind=conflict.row.kind,
        mine=Version(mine, mine.author or "", conflict.at) if mine else None,
        theirs=Version(theirs, theirs.author or "", read_moment(conflict.upd)) if theirs else None,
        fields=tuple(_compare(conflict.row.kind, base, mine, theirs)) if mine and theirs else (),
    )


def _decode(con: Connection, conflict: Conflict, body: bytes | None) -> Entry | None:
    return None if body is None else decode_body(con, conflict.row.kind, body)


def _compare(kind: Kind, base: Entry | None, mine: Entry, theirs: Entry) -> Iterator[FieldChoice]:
    """Every field that either side fills, in the order of the section."""
    here, there = ({field.name: field for field in list_fields(entry, kind)} for entry in (mine, theirs))
    declared = [name for name in type(mine).model_fields if name != "note"]
    for name in (name for name in (*declared, "note") if name in here or name in there):
        was, left, right = (getattr(entry, name, None) for entry in (base, mine, theirs))
        yield FieldChoice(
            name=name,
            label=(here.get(name) or there[name]).label,
            mine=here.get(name),
            theirs=there.get(name),
            clash=left != right and (base is None or was not in (left, right) or name in _ALWAYS_ASKED),
            merged=Side.MINE if base is not None and right == was else Side.THEIRS,
        )


def _resolve(con: Connection, record_id: str, choices: Choices, when: When) -> None:
    conflict, versions = conflicts.get_conflict(con, record_id), _open(con, record_id)
    if versions.mine is None or versions.theirs is None:
        raise Rejected("side", Reason.MISSING)
    sides = {Side.MINE: versions.mine.entry, Side.THEIRS: versions.theirs.entry}
    chosen = {field.name: getattr(sides[_choose(field, choices)], field.name) for field in versions.fields}
    entry = versions.theirs.entry.model_copy(update=chosen)
    body = merge_links(conflict.base, conflict.mine or b"{}", conflict.theirs or b"{}")
    written = encode_entry(con, versions.profile, versions.kind, entry, body)
    conflicts.resolve_conflict(con, record_id, written, when)


def _choose(field: FieldChoice, choices: Choices) -> Side:
    if field.name in choices:
        return choices[field.name]
    if field.clash:
        raise Rejected(field.name, Reason.MISSING)
    return field.merged


def _resolve_whole(con: Connection, record_id: str, side: Side, when: When) -> None:
    conflict = conflicts.get_conflict(con, record_id)
    if conflict.row.kind is Kind.PEOPLE:  # who somebody is comes from the server, whichever side is chosen
        fields = _open(con, record_id).fields
        _resolve(con, record_id, dict.fromkeys((field.name for field in fields), side), when)
        return
    body = conflict.mine if side is Side.MINE else conflict.theirs
    written = None if body is None else describe_body(con, conflict.row.profile, body)
    conflicts.resolve_conflict(con, record_id, written, when)


def _list_kept(con: Connection, pid: str) -> list[KeptVersion]:
    return [_make_kept(con, kept) for kept in conflicts.list_kept(con, pid)]


def _make_kept(con: Connection, kept: Kept) -> KeptVersion:
    entry = decode_body(con, kept.kind, kept.body)
    return KeptVersion(kept.id, kept.profile, kept.kind, kept.title, Side(kept.whose), kept.at, entry)
