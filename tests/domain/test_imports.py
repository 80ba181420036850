import pytest

from mes_app.domain.imports import Item, ItemState, Named, choose_items
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate

ANAIS = Named("Anaïs Martin", PartialDate(text="1988-07-12"))


@pytest.mark.parametrize(
    "other",
    [
        Named(),
        Named("MARTIN ANAIS"),
        Named("Mme Anaïs MARTIN", PartialDate(text="1988-07-12")),
        Named("Martin"),
        Named("", PartialDate(text="1988")),
    ],
)
def test_the_same_person_may_be_named_in_many_ways(other: Named) -> None:
    assert not ANAIS.differs(other)
    assert not other.differs(ANAIS)


@pytest.mark.parametrize(
    "other", [Named("Zoé Martin"), Named("Anaïs Martin", PartialDate(text="2017-02-28")), Named("Jean Dupont")]
)
def test_another_name_or_another_birthday_is_somebody_else(other: Named) -> None:
    assert ANAIS.differs(other)


def test_what_is_new_of_the_person_and_in_place_of_nothing_is_chosen_at_first() -> None:
    items = [
        Item(number=1, kind=Kind.DOCUMENTS),
        Item(number=2, kind=Kind.DOCUMENTS, state=ItemState.DUPLICATE),
        Item(number=3, kind=Kind.DOCUMENTS, state=ItemState.FAULTY),
        Item(number=4, kind=Kind.DOCUMENTS, person="Zoé Martin"),
        Item(number=5, kind=None, setting="avatar", replaces=True),
    ]
    assert choose_items(items) == {1}
