"""Whatever others wrote in a record stays in it, to the digit, when a person changes one field of it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mes_app.domain.forms import build_entry
from mes_app.domain.inputs import ADDABLE, WRITABLE
from mes_app.domain.record import Kind
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.codec import can_encode, decode, encode
from mes_app.fhir.elements import Json
from mes_app.fhir.overviews import summarise
from tests.domain.whole_forms import fill_whole, list_edits
from tests.fhir.corpus import enriched, exact, find_losses, read_exactly
from tests.fhir.encoding import OWNER, written
from tests.fhir.reading import body, sample, sample_names, shared


def list_bases(kind: Kind) -> Iterator[Json]:
    """Resources of a kind: the French ones of the samples, and what our own forms write."""
    for name in sample_names():
        if summarise(sample(name), holder=True).kind is kind and can_encode(kind, body(name)):
            yield read_body(body(name))
    if kind in ADDABLE:
        yield read_body(encode(kind, build_entry(kind, fill_whole(kind)), OWNER))


BASES = [(kind, base) for kind in sorted(WRITABLE) for base in list_bases(kind)]


def test_each_kind_that_a_person_writes_is_in_the_corpus() -> None:
    assert {kind for kind, _ in BASES} == WRITABLE


@pytest.mark.parametrize("examples", [60, pytest.param(3_000, marks=pytest.mark.soak)])
def test_a_change_of_one_field_leaves_every_other_element_and_digit(examples: int) -> None:
    @settings(max_examples=examples, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data: st.DataObject) -> None:
        kind, base = data.draw(st.sampled_from(BASES))
        rich = data.draw(enriched(base))
        raw = write_body(rich)
        assert exact(read_exactly(raw)) == exact(rich)
        former = decode(kind, raw, shared)
        assert find_losses(rich, rich, rich, read_exactly(encode(kind, former, OWNER, raw, refs=shared))) == []
        name, changed = data.draw(st.sampled_from(list(list_edits(kind, former))))
        plain = encode(kind, changed, OWNER, write_body(base), refs=shared)
        again = encode(kind, changed, OWNER, raw, refs=shared)
        assert find_losses(base, read_exactly(plain), rich, read_exactly(again)) == [], name
        assert getattr(decode(kind, again, shared), name) == getattr(changed, name)

    check()


@pytest.mark.parametrize("kind", sorted(ADDABLE))
def test_whatever_a_form_says_is_valid_and_opens_as_it_was(kind: Kind) -> None:
    whole = build_entry(kind, fill_whole(kind)).model_copy(update={"source": "self"})
    former = encode(kind, whole, OWNER)
    written(kind, whole)
    for _, entry in list_edits(kind, whole):
        written(kind, entry)
        written(kind, entry, former)
