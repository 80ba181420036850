from mes_app.domain.record import Kind, Row
from mes_app.domain.versions import Tie, Versions, find_versions


def tie(name: str, *, unique_id: str = "", replaces: str = "", updated: str = "") -> Tie:
    row = Row(id=name, profile="p", kind=Kind.DOCUMENTS)
    names = frozenset({replaces} - {""})
    return Tie(row=row, address=f"DocumentReference/{name}", unique_id=unique_id, replaces=names, updated=updated)


def told(found: Versions) -> tuple[list[str], list[str], list[str]]:
    return [r.id for r in found.previous], [r.id for r in found.newer], [r.id for r in found.same]


def test_z11_a_replaced_version_is_reached_from_the_newer_one_and_back() -> None:
    old, new = tie("a", unique_id="urn:oid:1"), tie("b", replaces="DocumentReference/a")
    by_identifier = tie("c", replaces="urn:oid:1")
    assert told(find_versions(new, [old], frozenset())) == (["a"], [], [])
    assert told(find_versions(old, [new, by_identifier], frozenset())) == ([], ["b", "c"], [])


def test_z11_one_unique_identifier_by_two_ways_is_one_document_the_newest_metadata_first() -> None:
    first = tie("a", unique_id="u")
    others = [tie("b", unique_id="u", updated="2026-01-01"), tie("c", unique_id="u", updated="2026-02-01")]
    assert told(find_versions(first, others, frozenset())) == ([], [], ["c", "b"])


def test_the_same_bytes_are_the_same_document_unless_their_identifiers_differ() -> None:
    named, nameless = tie("a", unique_id="u"), tie("b")
    assert told(find_versions(named, [nameless], frozenset({"b"}))) == ([], [], ["b"])
    assert told(find_versions(named, [tie("c", unique_id="v")], frozenset({"c"}))) == ([], [], [])
    assert told(find_versions(named, [nameless], frozenset())) == ([], [], [])


def test_a_version_with_the_same_bytes_is_a_version_and_no_copy() -> None:
    assert told(find_versions(tie("a"), [tie("b", replaces="DocumentReference/a")], frozenset({"b"}))) == (
        [],
        ["b"],
        [],
    )
