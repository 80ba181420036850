"""Whatever a server sends opens or is refused with an error of ours: mutated samples and random JSON."""

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mes_app.domain.forms import WRITABLE, build_entry, list_inputs, read_values
from mes_app.domain.inputs import ADDABLE, Input
from mes_app.domain.record import Entry, Kind, Source
from mes_app.domain.values import PartialDate
from mes_app.errors import MesError, NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.fhir.codec import can_encode, decode, encode
from mes_app.fhir.dates import instant_text
from mes_app.fhir.elements import LINE_LIMIT, LIST_LIMIT, Json
from mes_app.fhir.overviews import summarise
from mes_app.fhir.people import decode_person
from mes_app.fhir.professionals import list_professionals
from mes_app.fhir.references import find_references
from tests.domain.filled_forms import filled_forms, values_of
from tests.fhir.encoding import OWNER, written
from tests.fhir.reading import body, nowhere, sample, sample_names, shared, synthea

CORPUS = [*map(sample, sample_names()), *synthea()]
TYPES = sorted({resource["resourceType"] for resource in CORPUS})
ELEMENTS = sorted({name for resource in CORPUS for name in resource} | {"coding", "reference", "display", "value"})
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.sampled_from(
        ["", "#", "#self", "Patient/1", "urn:uuid:1", "2019-13", "0001-01-01", "9999-12-31T23:59:59-12:00"]
    ),
    st.sampled_from(["é" * 2_000, "\x00\u202e", "<script>" * 100, "1e999", -(10**40)]),
)
JSON = st.recursive(
    ODD,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(ELEMENTS) | st.text(), inner, max_size=6)
    ),
    max_leaves=20,
)
QUICK = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def read_everywhere(resource: Json) -> None:
    """Summarise and open as every kind: nothing but errors of ours, nothing beyond the limits."""
    overview = summarise(resource, holder=False)
    assert max(map(len, (overview.title, overview.subtitle))) <= LINE_LIMIT
    overview.search.encode()
    find_references(resource)
    raw = json.dumps(resource).encode()
    for kind in Kind:
        try:
            decode(kind, raw, lambda *_: resource).model_dump_json()
        except MesError:
            continue
    try:
        decode_person(raw)
        list_professionals(raw, [raw], lambda *_: resource)
    except MesError:
        return


@st.composite
def mutated(draw: st.DrawFn) -> Json:
    """A sample with up to four of its parts replaced by anything."""
    resource: Json = copy.deepcopy(draw(st.sampled_from(CORPUS)))
    for _ in range(draw(st.integers(1, 4))):
        node: Any = resource
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(node[key], dict | list) and node[key] and draw(st.booleans()):
                node = node[key]
            else:
                node[key] = draw(JSON)
                break
    return resource


@QUICK
@given(mutated())
def test_c3_a_damaged_resource_is_read_or_refused(resource: Json) -> None:
    read_everywhere(resource)


@QUICK
@given(mutated(), st.data())
def test_c3_a_damaged_record_takes_every_change_and_none_that_was_not_made(resource: Json, data: st.DataObject) -> None:
    raw = json.dumps(resource).encode()
    for kind in (kind for kind in WRITABLE if can_encode(kind, raw)):
        former = decode(kind, raw, shared)
        assert decode(kind, encode(kind, former, OWNER, raw, refs=shared), shared) == former
        asked = data.draw(st.sampled_from(list_inputs(kind, read_values(former))))
        try:
            changed = build_entry(kind, {asked.name: data.draw(values_of(asked))}, former)
        except Rejected:  # something that a form requires is missing
            continue
        again = decode(kind, encode(kind, changed, OWNER, raw, refs=shared), shared)
        assert _read_said(kind, again, asked) == _read_said(kind, changed, asked)


def _read_said(kind: Kind, entry: Entry, asked: Input) -> object:
    """What FHIR can say of it: of an appointment known by its day or its year, the first moment."""
    value = getattr(entry, asked.name)
    return instant_text(value) if kind is Kind.APPOINTMENTS and isinstance(value, PartialDate) else value


@QUICK
@given(st.dictionaries(st.sampled_from(ELEMENTS), JSON, max_size=12), st.sampled_from(TYPES) | JSON)
def test_c3_any_json_object_is_read_or_refused(elements: Json, kind: object) -> None:
    read_everywhere(elements | {"resourceType": kind})


@QUICK
@given(st.binary(max_size=200))
def test_c3_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(Kind.OTHER, b"\x00" + raw, nowhere)


@pytest.mark.parametrize(
    "odd",
    ["\ud800", 10**400, float("nan"), float("inf"), "é" * 30_000],
    ids=["surrogate", "huge", "nan", "infinite", "long"],
)
def test_c3_what_json_should_not_hold_is_read_or_refused(odd: object) -> None:
    for resource in map(sample, ("weight", "document", "care_team", "patient")):
        read_everywhere({**resource, "code": {"text": odd}, "valueQuantity": {"value": odd, "unit": odd}})


def test_every_kind_opens() -> None:
    for kind in Kind:
        decode(kind, b'{"resourceType": "Flag"}', nowhere)


@pytest.mark.parametrize("name", sample_names())
def test_a_kind_that_is_not_the_resource_s_own_still_opens(name: str) -> None:
    for kind in Kind:
        decode(kind, body(name), shared)


def test_n4_a_resource_too_deep_is_refused_and_not_a_crash() -> None:
    with pytest.raises(Unreadable) as caught:
        decode(Kind.OTHER, b'{"a":' * 100_000, nowhere)
    assert caught.value.reason is Reason.TOO_DEEP


@settings(QUICK, max_examples=150)
@given(filled_forms())
def test_what_a_form_makes_is_valid_and_opens_as_it_was(form: tuple[Kind, dict[str, str]]) -> None:
    kind, values = form
    assume(kind in ADDABLE)
    if kind is Kind.APPOINTMENTS:  # FHIR knows the start and the end of no other than whole instants
        values = values | {"start": "2019-05-03T10:30"} | ({"end": "2019-05-03T11:00"} if "end" in values else {})
    written(kind, build_entry(kind, values).model_copy(update={"source": Source.SELF}))


@pytest.mark.parametrize("name", sample_names())
def test_an_entry_left_as_it_is_leaves_every_element_and_every_digit(name: str) -> None:
    kind = summarise(sample(name), holder=True).kind
    if can_encode(kind, body(name)):
        entry = decode(kind, body(name), shared)
        assert read_body(encode(kind, entry, OWNER, body(name), refs=shared)) == read_body(body(name))


LISTS = (
    "address", "category", "component", "condition", "contained", "content", "extension", "hasMember", "identifier",
    "name", "note", "participant", "payload", "performer", "protocolApplied", "reaction", "reasonCode", "relationship",
    "securityLabel", "telecom",
)  # fmt: skip
"""What resources may list, of any type."""


@settings(QUICK, max_examples=8)
@given(data=st.data())
@pytest.mark.parametrize("kind", sorted(WRITABLE))
def test_c3_of_a_list_longer_than_is_read_nothing_that_nobody_saw_is_lost(kind: Kind, data: st.DataObject) -> None:
    forms = (build_entry(kind, data.draw(filled_forms(kind))[1]) for _ in range(2))
    first, second = (form.model_copy(update={"source": Source.SELF}) for form in forms)
    resource = sample("patient") if kind is Kind.PEOPLE else read_body(encode(kind, first, OWNER))
    for name in LISTS:
        if (kind, name) != (Kind.PROFESSIONALS, "participant"):  # a team of several is none that a person notes
            items = resource.get(name, [])
            more = [{"resourceType": "Basic", "id": f"{name}-{n}", "url": f"urn:example:{n}"} for n in range(150)]
            resource[name] = [*(items if isinstance(items, list) else [items]), *more]
    changed = read_body(encode(kind, second, OWNER, json.dumps(resource, default=str).encode(), refs=shared))
    for name, items in resource.items():
        if isinstance(items, list):
            seen = 0 if name in ("contained", "extension", "identifier") else LIST_LIMIT
            lost = [item["id"] for item in items[seen:] if "-" in item.get("id", "") and item not in changed[name]]
            assert lost == []


@settings(QUICK, max_examples=8)
@given(data=st.data())
@pytest.mark.parametrize("kind", [Kind.PREGNANCIES, Kind.PROFESSIONALS, Kind.TREATMENTS])
def test_what_is_typed_is_read_again_however_much_stands_inside_the_record(kind: Kind, data: st.DataObject) -> None:
    forms = (build_entry(kind, data.draw(filled_forms(kind))[1]) for _ in range(2))
    first, second = (form.model_copy(update={"source": Source.SELF}) for form in forms)
    resource = read_body(encode(kind, first, OWNER))
    inside = [{"resourceType": "Basic", "id": f"b{n}"} for n in range(LIST_LIMIT)]
    resource["contained"] = [*resource.get("contained", []), *inside]
    if kind is Kind.PREGNANCIES:
        resource["hasMember"] = [*resource.get("hasMember", []), *({"reference": f"#{one['id']}"} for one in inside)]
    raw = encode(kind, second, OWNER, json.dumps(resource, default=str).encode(), refs=shared)
    again = decode(kind, raw, shared)
    assert again.model_dump(exclude={"recorded"}) == second.model_dump(exclude={"recorded"})


@pytest.mark.parametrize("kind", sorted(WRITABLE))
def test_every_kind_with_a_form_can_be_written_and_nothing_else_is(kind: Kind) -> None:
    assert can_encode(kind, b'{"resourceType": "Flag"}') is False
    with pytest.raises(NotAllowed):
        encode(kind, decode(kind, b"{}", nowhere), OWNER, b'{"resourceType": "Flag"}')
    assert not can_encode(Kind.RESULTS, body("laboratory"))


def test_what_a_professional_prescribed_is_not_rewritten_as_a_statement() -> None:
    assert not can_encode(Kind.TREATMENTS, body("prescription"))
    assert can_encode(Kind.TREATMENTS, body("treatment"))


def test_numbers_of_the_former_version_keep_their_digits() -> None:
    former = body("allergy").replace(
        b'"criticality"', b'"extension": [{"url": "urn:x", "valueDecimal": 72.50}], "criticality"'
    )
    changed = decode(Kind.ALLERGIES, former, nowhere).model_copy(update={"note": "Autre"})
    assert b"72.50" in encode(Kind.ALLERGIES, changed, OWNER, former)
