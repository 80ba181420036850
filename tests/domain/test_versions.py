import json

from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Row
from mes_app.domain.versions import Fold, Tie, Versions, find_versions, fold_documents


def tie(
    name: str,
    *,
    unique_id: str = "",
    replaces: str = "",
    updated: str = "",
    digest: bytes | None = None,
    status: str = "current",
) -> Tie:
    replaced = json.dumps(replaces.split()) if replaces else ""
    row = Row(id=name, profile="p", kind=Kind.DOCUMENTS, unique_id=unique_id, replaces=replaced, status=status)
    return Tie(row=row, address=f"DocumentReference/{name}", updated=updated, digest=digest)


def told(found: Versions) -> tuple[list[str], list[str], list[str]]:
    return [r.id for r in found.previous], [r.id for r in found.newer], [r.id for r in found.same]


def test_z11_a_replaced_version_is_reached_from_the_newer_one_and_back() -> None:
    old, new = tie("a", unique_id="urn:oid:1"), tie("b", replaces="DocumentReference/a")
    by_identifier = tie("c", replaces="urn:oid:1")
    assert told(find_versions(new, [old])) == (["a"], [], [])
    assert told(find_versions(old, [new, by_identifier])) == ([], ["b", "c"], [])


def test_z11_one_unique_identifier_by_two_ways_is_one_document_the_newest_metadata_first() -> None:
    first = tie("a", unique_id="u")
    others = [tie("b", unique_id="u", updated="2026-01-01"), tie("c", unique_id="u", updated="2026-02-01")]
    assert told(find_versions(first, others)) == ([], [], ["c", "b"])


def test_the_same_bytes_are_the_same_document_unless_their_identifiers_differ() -> None:
    named, nameless = tie("a", unique_id="u", digest=b"x"), tie("b", digest=b"x")
    assert told(find_versions(named, [nameless])) == ([], [], ["b"])
    assert told(find_versions(named, [tie("c", unique_id="v", digest=b"x")])) == ([], [], [])
    assert told(find_versions(named, [tie("b", digest=b"y"), tie("c")])) == ([], [], [])


def test_a_version_with_the_same_bytes_is_a_version_and_no_copy() -> None:
    newer = tie("b", replaces="DocumentReference/a", digest=b"x")
    assert told(find_versions(tie("a", digest=b"x"), [newer])) == ([], ["b"], [])


def behind(*ties: Tie) -> set[str]:
    return {record_id for record_id, fold in fold_documents(ties).items() if fold.behind}


def test_z11_of_a_replaced_document_and_of_copies_one_stands_in_the_list() -> None:
    chain = [tie("a"), tie("b", replaces="DocumentReference/a"), tie("c", replaces="DocumentReference/b")]
    assert behind(*chain) == {"a", "b"}
    assert behind(tie("a", unique_id="u", updated="1"), tie("b", unique_id="u", updated="2")) == {"a"}
    assert behind(tie("a", digest=b"x"), tie("b", digest=b"x", unique_id="u")) == {"a"}


def test_documents_that_have_nothing_in_common_stand_alone() -> None:
    ties = [tie("a", unique_id="u", digest=b"x"), tie("b", unique_id="v", digest=b"x"), tie("c", replaces="gone")]
    assert set(fold_documents(ties).values()) == {Fold()}


def test_a_copy_that_was_given_up_for_another_stands_for_none() -> None:
    given_up = tie("a", unique_id="u", updated="2", status="superseded")
    assert behind(given_up, tie("b", unique_id="u", updated="1")) == {"a"}


def test_two_that_replace_the_same_both_stand_and_belong_together() -> None:
    folds = fold_documents(
        [tie("a"), tie("b", replaces="DocumentReference/a"), tie("c", replaces="DocumentReference/a")]
    )
    assert folds == {"a": Fold("a", behind=True), "b": Fold("a"), "c": Fold("a")}


def test_of_documents_that_replace_each_other_the_newest_stands() -> None:
    assert behind(
        tie("a", replaces="DocumentReference/b", updated="1"), tie("b", replaces="DocumentReference/a", updated="2")
    ) == {"a"}
    assert behind(tie("a", replaces="DocumentReference/a")) == set()


_names = st.sampled_from(["DocumentReference/0", "DocumentReference/1", "DocumentReference/2", "u", "v"])
_documents = st.tuples(
    st.sampled_from(["", "u", "v"]),
    st.frozensets(_names, max_size=2),
    st.sampled_from([None, b"x", b"y"]),
    st.sampled_from(["1", "2"]),
    st.sampled_from(["current", "superseded"]),
)


@given(st.lists(_documents, max_size=7))
def test_whatever_the_ties_each_document_that_is_behind_is_reached_from_one_that_stands(
    told: list[tuple[str, frozenset[str], bytes | None, str, str]],
) -> None:
    ties = [
        tie(str(place), unique_id=unique_id, replaces=" ".join(replaces), digest=digest, updated=updated, status=status)
        for place, (unique_id, replaces, digest, updated, status) in enumerate(told)
    ]
    folds, known = fold_documents(ties), {each.row.id: each for each in ties}
    reached = {record_id for record_id, fold in folds.items() if not fold.behind}
    waiting = list(reached)
    while waiting:
        one = known[waiting.pop()]
        others = [other for other in ties if folds[other.row.id].name == folds[one.row.id].name and other is not one]
        found = find_versions(one, others)
        for row in (*found.previous, *found.newer, *found.same):
            if row.id not in reached:
                reached.add(row.id)
                waiting.append(row.id)
    assert reached == folds.keys()


def test_thousands_of_copies_are_folded_without_comparing_each_with_each() -> None:
    ties = [tie(f"{place:05}", unique_id="u", digest=b"x") for place in range(5_000)]
    assert len(behind(*ties)) == 4_999
