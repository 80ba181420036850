"""What is done when a record was changed on both sides: one policy per FHIR type, in one table.

Whatever the type, what one deleted and the other changed is asked, and nothing that a person typed goes unsaid: it is
in the merge or in a clash. A type that nobody may edit here is never merged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.comparisons import canonical
from mes_app.fhir.concepts import code_of
from mes_app.fhir.elements import Json
from mes_app.fhir.overviews import summarise
from mes_app.store.rebases import Merged
from mes_app.store.versions import says_same
from mes_app.sync.merging import find_changes, merge_elements, name_element, split_elements


@dataclass(frozen=True, slots=True)
class Policy:
    """What a merge of one type may not do; each forbidden thing is a clash.

    ``together``: elements that make one statement, not to be mixed from two versions. ``kept``: elements of which
    nothing that either version says may be missing. ``ranks``: codes of an element from the least grave, which is
    never chosen over a graver one; the empty code stands for none and for those not told. ``theirs``: elements that
    only the server decides, where what was typed here goes without a word.
    """

    together: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    ranks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    theirs: frozenset[str] = frozenset()


_IDENTITY = frozenset({"identifier", "active", "name", "gender", "birthDate", "deceased", "multipleBirth", "link"})
_CLINICAL = ("resolved", "remission", "inactive", "", "active", "relapse", "recurrence")
_VERIFICATION = ("entered-in-error", "refuted", "", "differential", "provisional", "unconfirmed", "confirmed")
_STATUS = ("entered-in-error", "not-done", "not-taken", "")
_TREATMENT = ("entered-in-error", "not-taken", "completed", "stopped", "", "unknown", "on-hold", "intended", "active")

POLICIES: dict[str, Policy] = {
    "AllergyIntolerance": Policy(
        kept=frozenset({"code", "reaction"}),
        ranks={
            "criticality": ("low", "", "unable-to-assess", "high"),
            "clinicalStatus": _CLINICAL,
            "verificationStatus": _VERIFICATION,
        },
    ),
    "MedicationStatement": Policy(kept=frozenset({"medication", "dosage", "effective"}), ranks={"status": _TREATMENT}),
    "Condition": Policy(
        kept=frozenset({"code"}), ranks={"clinicalStatus": _CLINICAL, "verificationStatus": _VERIFICATION}
    ),
    "FamilyMemberHistory": Policy(kept=frozenset({"relationship"}), ranks={"status": _STATUS}),
    "Immunization": Policy(kept=frozenset({"vaccineCode"}), ranks={"status": _STATUS}),
    "Procedure": Policy(together=frozenset({"code", "performed"}), ranks={"status": _STATUS}),
    "Observation": Policy(
        together=frozenset({"code", "effective", "value", "component", "dataAbsentReason"}), ranks={"status": _STATUS}
    ),
    "Communication": Policy(together=frozenset({"payload", "sent"})),
    "Appointment": Policy(together=frozenset({"status", "start", "end", "participant"})),
    "DocumentReference": Policy(
        together=frozenset({"status", "content", "relatesTo"}), kept=frozenset({"securityLabel"})
    ),
    "RelatedPerson": Policy(),
    "CareTeam": Policy(),
    "Patient": Policy(theirs=_IDENTITY),
}
"""The types that are merged. Of all others, two versions are always asked."""


def merge_versions(resource_type: str, base: bytes | None, mine: bytes | None, theirs: bytes | None) -> Merged:
    """The ``store.rebases.Merger`` of the app. None is: there was none (``base``), deleted (``mine``, ``theirs``).

    What is merged is the record as its owner may see it. A clash holds ``theirs``.
    """
    if says_same(mine, theirs) or (base is not None and says_same(base, mine)):
        return _make_merged(theirs)
    if base is not None and says_same(base, theirs):
        return _make_merged(mine)
    policy = POLICIES.get(resource_type)
    if policy is None or mine is None or theirs is None:
        return _make_merged(theirs, clash=True)
    versions = [read_body(body) if body else {} for body in (base, mine, theirs)]
    merged, clashes = merge_elements(*versions)
    merged = _leave_to_server(policy, merged, versions[2])
    clash = bool(set(clashes) - policy.theirs) or _breaks(policy, merged, *versions)
    return _make_merged(theirs if clash else write_body(merged), clash=clash)


def _make_merged(body: bytes | None, *, clash: bool = False) -> Merged:
    return Merged(body, summarise(read_body(body), holder=True) if body is not None else None, clash)


def _leave_to_server(policy: Policy, merged: Json, theirs: Json) -> Json:
    kept = {name: value for name, value in merged.items() if name_element(name) not in policy.theirs}
    return kept | {name: value for name, value in theirs.items() if name_element(name) in policy.theirs}


def _breaks(policy: Policy, merged: Json, base: Json, mine: Json, theirs: Json) -> bool:
    """Whether the merge does what its policy forbids."""
    changes = (find_changes(base, mine), find_changes(base, theirs), find_changes(mine, theirs))
    mixes = all(policy.together & changed for changed in changes)
    loses = any(_is_missing(name, version, merged) for name in policy.kept for version in (mine, theirs))
    lowers = any(
        _rank(order, merged.get(name)) < max(_rank(order, mine.get(name)), _rank(order, theirs.get(name)))
        for name, order in policy.ranks.items()
    )
    return mixes or loses or lowers


def _is_missing(name: str, version: Json, merged: Json) -> bool:
    """Whether something that ``version`` says in the element is not said by ``merged``."""
    wanted, found = (_list_statements(split_elements(resource).get(name, {})) for resource in (version, merged))
    return not wanted <= found


def _list_statements(element: Json) -> set[object]:
    return {
        canonical({name: item})
        for name, value in element.items()
        for item in (value if type(value) is list else [value])
    }


def _rank(order: tuple[str, ...], value: object) -> int:
    code = code_of(value) if type(value) is dict else value
    return order.index(code if code in order else "")
