from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.fhir.comparisons import canonical, make_canonical
from mes_app.sync.merging import KEYS, find_changes, merge_elements, split_elements

PHONE, MAIL, SMS = ({"system": system, "value": "1"} for system in ("phone", "email", "sms"))
ENGLISH = {"language": {"text": "en"}}

_VALUES = st.sampled_from(["a", "b", "c"])
_TELECOM = st.fixed_dictionaries({"system": _VALUES, "value": _VALUES}, optional={"use": _VALUES})
_RESOURCES = st.fixed_dictionaries(
    {"resourceType": st.just("Observation")},
    optional={
        "id": _VALUES,
        "meta": st.fixed_dictionaries({"versionId": _VALUES}),
        "text": st.fixed_dictionaries({"status": st.sampled_from(["generated", "additional"]), "div": _VALUES}),
        "status": _VALUES,
        "_status": st.fixed_dictionaries({"id": _VALUES}),
        "valueString": _VALUES,
        "valueQuantity": st.fixed_dictionaries({"value": st.sampled_from([Decimal("1.0"), 1, Decimal("1.5")])}),
        "telecom": st.lists(_TELECOM, max_size=3),
        "note": st.lists(st.fixed_dictionaries({"text": _VALUES}), max_size=3),
        "dosage": st.lists(st.fixed_dictionaries({"text": _VALUES}), max_size=2),
        "name": st.one_of(_VALUES, st.lists(st.fixed_dictionaries({"use": _VALUES, "text": _VALUES}), max_size=2)),
    },
)


def merge(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    merged, clashes = merge_elements(base, mine, theirs)
    assert clashes == ()
    return merged


def list_statements(resource: dict[str, Any], *, without: tuple[str, ...] = ()) -> set[tuple[str, object]]:
    """All that a resource says, however its lists are ordered, but for the elements ``without``."""
    return {
        (name, said)
        for name, element in split_elements(resource).items()
        if name not in without
        for part, value in element.items()
        for item in (value if name in KEYS and isinstance(value, list) else [value])
        if (said := canonical({part: item}))
    }


def test_changes_of_different_elements_are_both_kept() -> None:
    base = {"status": "active", "code": "c"}
    assert merge(base, base | {"status": "inactive"}, base | {"code": "d"}) == {"status": "inactive", "code": "d"}


def test_the_same_element_changed_twice_is_a_clash_that_says_what_the_server_does() -> None:
    merged, clashes = merge_elements({"status": "a"}, {"status": "b", "x": 1}, {"status": "c"})
    assert merged == {"status": "c", "x": 1}
    assert clashes == ("status",)


def test_one_removal_against_one_change_is_a_clash_and_against_nothing_is_a_removal() -> None:
    assert merge_elements({"note": "a"}, {}, {"note": "b"})[1] == ("note",)
    assert merge({"note": "a"}, {}, {"note": "a"}) == {}


def test_the_same_value_written_otherwise_is_no_change() -> None:
    base, rewritten = {"value": Decimal("72.50")}, {"value": Decimal("72.5")}
    assert merge(base, {"value": Decimal(73)}, rewritten) == {"value": Decimal(73)}


def test_a_choice_is_one_element_whatever_its_type() -> None:
    base = {"valueString": "a"}
    assert merge(base, {"valueInteger": 1}, base) == {"valueInteger": 1}
    assert merge_elements(base, {"valueInteger": 1}, {"valueBoolean": True}) == ({"valueBoolean": True}, ("value",))


def test_a_primitive_and_its_extensions_are_one_element() -> None:
    base = {"birthDate": "2020"}
    clash = merge_elements(base, {"birthDate": "2021"}, base | {"_birthDate": {"id": "x"}})
    assert clash == (base | {"_birthDate": {"id": "x"}}, ("birthDate",))


def test_lists_are_merged_item_by_item_by_their_key() -> None:
    base = {"telecom": [PHONE, MAIL]}
    mine = {"telecom": [PHONE | {"use": "home"}, MAIL, SMS]}
    assert merge(base, mine, {"telecom": [PHONE]}) == {"telecom": [PHONE | {"use": "home"}, SMS]}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([PHONE | {"use": "home"}], [PHONE | {"use": "work"}]),
        ([PHONE | {"use": "home"}], []),
        ([MAIL], [SMS]),
        ([MAIL], []),
    ],
    ids=["changed twice", "changed and removed", "replaced twice", "replaced and removed"],
)
def test_an_item_changed_on_both_sides_is_a_clash(mine: list[Any], theirs: list[Any]) -> None:
    assert merge_elements({"telecom": [PHONE]}, {"telecom": mine}, {"telecom": theirs})[1] == ("telecom",)


def test_items_without_a_key_are_told_apart_by_all_they_say() -> None:
    added = merge({"note": [{"text": "a"}]}, {"note": [{"text": "a"}, {"text": "b"}]}, {"note": [{"text": "c"}]})
    assert added == {"note": [{"text": "c"}, {"text": "b"}]}


def test_a_list_that_is_one_statement_is_never_mixed() -> None:
    base: dict[str, Any] = {}
    assert merge_elements(base, {"dosage": [{"text": "a"}]}, {"dosage": [{"text": "b"}]})[1] == ("dosage",)


def test_the_id_and_version_are_those_of_the_server() -> None:
    theirs = {"id": "1", "meta": {"versionId": "2"}, "status": "a"}
    assert merge({"status": "a"}, {"id": "x", "status": "b"}, theirs) == theirs | {"status": "b"}


def test_a_generated_narrative_goes_with_what_it_told() -> None:
    text = {"status": "generated", "div": "<div>a</div>"}
    theirs = {"status": "a", "text": text}
    assert merge({"status": "a"}, {"status": "b"}, theirs) == {"status": "b"}
    assert merge({"status": "z"}, {"status": "a"}, theirs) == theirs


def test_changes_are_told_by_the_names_of_elements() -> None:
    one = {"id": "1", "valueString": "a", "status": "a"}
    assert find_changes(one, {"valueInteger": 1, "status": "a"}) == {"value"}


@given(_RESOURCES, _RESOURCES)
def test_merging_what_did_not_change_gives_what_did(base: dict[str, Any], changed: dict[str, Any]) -> None:
    assert merge(base, base, changed) == changed
    assert make_canonical(merge(base, changed, base)) == make_canonical(changed)
    assert make_canonical(merge(base, changed, changed)) == make_canonical(changed)


@given(_RESOURCES, _RESOURCES, _RESOURCES)
def test_both_devices_come_to_the_same_merge(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    here, clashes = merge_elements(base, mine, theirs)
    there, mirrored = merge_elements(base, theirs, mine)
    assert set(clashes) == set(mirrored)
    assert list_statements(here, without=clashes) == list_statements(there, without=clashes)


@given(_RESOURCES, _RESOURCES, _RESOURCES)
def test_nothing_new_of_either_side_is_missing_without_a_clash(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    merged, clashes = merge_elements(base, mine, theirs)
    if clashes:
        return
    before, after = list_statements(base), list_statements(merged)
    assert list_statements(mine) - before <= after
    assert list_statements(theirs) - before <= after
    assert after <= before | list_statements(mine) | list_statements(theirs)
    assert canonical(merged.get("id", "")) == canonical(theirs.get("id", ""))
