"""What may be linked to what."""

from mes_app.domain.links import holds, list_linkable
from mes_app.domain.record import Kind


def test_two_kinds_that_may_be_linked_may_be_from_either_end_and_one_of_them_says_so() -> None:
    pairs = [(kind, other) for kind in Kind for other in list_linkable(kind)]
    assert (Kind.CONDITIONS, Kind.TREATMENTS) in pairs
    for kind, other in pairs:
        assert kind in list_linkable(other)
        assert holds(kind, other) != holds(other, kind)


def test_a_document_may_be_linked_to_what_it_may_be_about_in_the_order_of_the_screens() -> None:
    assert list_linkable(Kind.DOCUMENTS)[:2] == (Kind.ALLERGIES, Kind.TREATMENTS)
    assert list_linkable(Kind.TREATMENTS) == (Kind.DOCUMENTS, Kind.CONDITIONS)
    assert list_linkable(Kind.APPOINTMENTS) == ()
