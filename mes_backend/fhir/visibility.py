"""Rights as SQL: what a Reach sees. Every query that shows something to an account carries ``may_see``.

What may not be seen does not exist (404): an answer never tells the two apart.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, exists, false, not_, or_, select

from mes_backend.fhir.parameters import SHARED
from mes_backend.fhir.store import Version
from mes_backend.fhir.tables import compartments, resources, terms, versions
from mes_backend.rights import Reach

Column = ColumnElement[Any]
Limits = Sequence[Callable[[Column], ColumnElement[bool]]]  # conditions on an instant


def may_see(reach: Reach, type_: str, row: FromClause) -> ColumnElement[bool]:
    """Whether ``reach`` sees the version that ``row`` (with columns id and instant) names."""
    inside = exists().where(compartments.c.instant == row.c.instant, _open_to(reach))
    if type_ == "Person":
        return row.c.id == reach.person
    if type_ in SHARED:
        return or_(inside, not_(exists().where(compartments.c.instant == row.c.instant)))
    if type_ == "Binary":
        return or_(_in_document(row.c.id, _open_to(reach)), and_(inside, not_(_in_document(row.c.id))))
    return inside


def list_seen(reach: Reach, type_: str, asked: Iterable[str] | None, limits: Limits) -> Select[Any]:
    """The instants within ``limits`` of a patient type's versions that ``reach`` sees, of ``asked`` patients or all.

    The same right as ``may_see``, said so that a listing reads one index and no other family's rows.
    """
    instant = compartments.c.instant
    of_type = (compartments.c.type == type_, _open_to(reach), *(limit(instant) for limit in limits))
    inside = select(instant).where(*of_type)
    return inside if asked is None else inside.where(compartments.c.patient.in_(asked))


def find_seen(con: Connection, reach: Reach, type_: str, rid: str, number: int | None = None) -> Version | None:
    """The current version of a resource, or its version ``number``, when ``reach`` sees it; it may be a deletion.

    An old version is seen by those who see both it and the current one: a label added later hides the past too.
    """
    same = and_(resources.c.type == versions.c.type, resources.c.id == versions.c.id)
    current = versions.c.instant == resources.c.instant
    old = and_(versions.c.version == number, may_see(reach, type_, versions))
    named = (versions.c.type == type_, versions.c.id == rid, may_see(reach, type_, resources))
    row = con.execute(select(versions).join(resources, same).where(*named, current if number is None else old)).first()
    return Version._make(row) if row else None


def find_owners(con: Connection, version: Version) -> frozenset[str]:
    """The patients whose record ``version`` is in; a Binary is in those of its documents."""
    own = compartments.c.instant == version.instant
    if version.type == "Binary":
        own = or_(own, compartments.c.instant.in_(_documents_of(version.id)))
    return frozenset(con.scalars(select(compartments.c.patient).where(own)))


def list_documents_of(con: Connection, binary: str) -> list[Version]:
    """The documents, not deleted, that point to a Binary, whoever sees them."""
    of_binary = (versions.c.instant.in_(_documents_of(binary)), versions.c.body.is_not(None))
    return [Version._make(row) for row in con.execute(select(versions).where(*of_binary))]


def _open_to(reach: Reach) -> ColumnElement[bool]:
    patient, hidden_from = compartments.c.patient, compartments.c.hidden_from
    own = and_(patient.in_(reach.own), hidden_from != "patient") if reach.own else false()
    represented = and_(patient.in_(reach.represented), hidden_from == "") if reach.represented else false()
    return or_(own, represented)


def _documents_of(binary: Column | str) -> Any:
    """The instants of the documents, deleted ones too, that point to a Binary."""
    document = resources.alias()
    points_here = (terms.c.type == "DocumentReference", terms.c.name == "binary", terms.c.value == binary)
    same = and_(document.c.type == terms.c.type, document.c.id == terms.c.id)
    return select(document.c.instant).select_from(terms.join(document, same)).where(*points_here)


def _in_document(binary: Column, condition: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    documents = _documents_of(binary)
    if condition is None:
        return exists(documents)
    froms = documents.selected_columns[0]
    return exists(documents.join(compartments, compartments.c.instant == froms).where(condition))
