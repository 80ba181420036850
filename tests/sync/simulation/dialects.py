"""How the servers of the simulation differ from each other: all of it within what real ones were seen to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to be a FHIR server. The defaults are the kindest one; every other value makes the client's work harder.

    ``update_create``: PUT to an unused id makes the resource. ``guards_*``: the precondition is looked at; without, it
    is accepted in silence. ``refusal``: the status of a failed If-Match. ``gone``: that of a deleted resource.
    ``page_limit``: the most entries of a page. ``live_paging``: pages are offsets into what there is now, so that a
    write in between repeats or hides entries. ``uuid_versions``: version ids without order. ``precision``: digits of
    the seconds in lastUpdated. ``rewrites``: decimals come back shorter, and with a narrative of the server's own.
    ``keeps_same``: an update that changes nothing makes no version. ``representation``: a write answers the resource.
    ``ignored``: search parameters without effect. ``batch_limit``: entries of a transaction, 0 for none at all.
    """

    update_create: bool = True
    conditional_create: bool = True
    guards_update: bool = True
    guards_delete: bool = True
    guards_create: bool = True
    refusal: int = 412
    gone: int = 410
    page_limit: int = 1000
    live_paging: bool = False
    uuid_versions: bool = False
    precision: int = 3
    rewrites: bool = False
    keeps_same: bool = False
    representation: bool = True
    says_total: bool = True
    ignored: frozenset[str] = frozenset()
    batch_limit: int = 100
    says_much: bool = True

    @property
    def guards_all(self) -> bool:
        """Whether no write can go unnoticed: then even a request that arrives long after its time does no harm."""
        return self.guards_update and self.guards_delete and self.guards_create

    @property
    def tells_what_was_deleted(self) -> bool:
        """Whether a client can learn that what it created, without hearing of it, was deleted since."""
        return self.update_create and self.says_much and (self.guards_create or self.gone == 410)


def describe(dialect: Dialect, types: tuple[str, ...]) -> dict[str, object]:
    """The CapabilityStatement of a server; one that does not say much names its types only."""
    resources = [{"type": name} | (_describe_type(dialect) if dialect.says_much else {}) for name in types]
    interactions = [{"code": "transaction"}, {"code": "batch"}] if dialect.batch_limit and dialect.says_much else []
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "kind": "instance",
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [{"mode": "server", "resource": resources, "interaction": interactions}],
    }


def _describe_type(dialect: Dialect) -> dict[str, object]:
    verbs = ("read", "search-type", "create", "update", "delete")
    parameters = ("_id", "_lastUpdated", "identifier", "patient")
    return {
        "interaction": [{"code": verb} for verb in verbs],
        "versioning": "versioned-update" if dialect.guards_update else "versioned",
        "updateCreate": dialect.update_create,
        "conditionalCreate": dialect.conditional_create,
        "searchParam": [{"name": name, "type": "token"} for name in parameters if name not in dialect.ignored],
    }
