import pytest

from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.imports import Named
from mes_app.domain.joining import (
    JoinItem,
    JoinState,
    choose_joined,
    compare_people,
    fill_details,
    list_likenesses,
    order_targets,
    tells_something,
)
from mes_app.domain.people import Profile, Sex
from mes_app.domain.record import Kind, Overview
from mes_app.domain.values import PartialDate

BORN = PartialDate(text="2026-11-20")
HERE = Profile(pid="here", name="Zoé Martin", birth=BORN, sex=Sex.FEMALE)
THERE = HERE.model_copy(update={"pid": "there", "rid": "z", "name": "Zoé Marie Martin"})


def compare(**told: object) -> tuple[str, ...]:
    known = THERE.model_copy(update=told)
    return compare_people(HERE, known, [Named(known.name, known.birth)]).differences


def test_two_who_may_be_the_same_do_not_differ_and_those_born_that_day_are_likely() -> None:
    assert compare() == ()
    assert compare(birth=PartialDate(text="2026-11"), sex=Sex.UNKNOWN) == ()
    assert compare_people(HERE, THERE, [Named(THERE.name)]).likely
    assert not compare_people(HERE.model_copy(update={"birth": None}), THERE, [Named(THERE.name)]).likely


def test_each_thing_in_which_they_differ_is_told() -> None:
    assert compare(name="Tom Martin", sex=Sex.MALE) == ("name", "sex")
    assert compare(birth=PartialDate(text="2026-11-21")) == ("birth",)
    assert compare_people(HERE, THERE, [Named("Tom Petit"), Named("Zoé Petit Martin")]).differences == ()


def test_the_one_born_that_day_comes_first_and_of_twins_the_one_of_that_name() -> None:
    twin = THERE.model_copy(update={"pid": "twin", "name": "Tom Martin"})
    older = THERE.model_copy(update={"pid": "older", "birth": PartialDate(text="2017-02-28")})
    found = [compare_people(HERE, one, [Named(one.name)]) for one in (older, twin, THERE)]
    assert [target.profile.pid for target in order_targets(found)] == ["there", "twin", "older"]


def test_only_what_is_new_is_chosen_at_first_and_a_denial_of_what_there_is_never_goes() -> None:
    items = [JoinItem(key=state, kind=Kind.ALLERGIES, state=state) for state in JoinState]
    assert choose_joined(items) == {JoinState.NEW}
    assert [item.key for item in items if item.may_go] == [JoinState.NEW, JoinState.THERE]


def is_alike(one: Overview, other: Overview) -> bool:
    return not set(list_likenesses(one)).isdisjoint(list_likenesses(other))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.ALLERGIES, {"title": "Pollen", "date_text": "2026-11-20T10:00:00+01:00"}, {"title": "POLLEN"}),
        (Kind.TREATMENTS, {"title": "Vitamine D", "date_text": "2026-11-20", "subtitle": "1 goutte"},
         {"title": "vitamine D", "date_text": "2026-11-20"}),
        (Kind.MEASURES, {"title": "Poids", "category": "weight", "date_key": "k", "value": 3.2, "unit": "kg"},
         {"title": "Body weight", "category": "weight", "date_key": "k", "value": 3.2, "unit": "kg"}),
        (Kind.VACCINES, {"title": "BCG", "code": "X", "date_text": "2026-11-20"},
         {"title": "Vaccin BCG", "code": "X", "date_text": "2026-11-20"}),
        (Kind.NOTHING_DECLARED, {"category": "allergies", "date_text": "2026"}, {"category": "allergies"}),
    ],
)  # fmt: skip
def test_what_a_reader_would_take_for_the_same_is_alike(
    kind: Kind, one: dict[str, object], other: dict[str, object]
) -> None:
    assert is_alike(Overview(kind=kind, **one), Overview(kind=kind, **other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.ALLERGIES, {"title": "Pollen"}, {"title": "Kiwi"}),
        (Kind.TREATMENTS, {"title": "Vitamine D", "date_text": "2026"}, {"title": "Vitamine D", "date_text": "2025"}),
        (Kind.MEASURES, {"title": "Poids", "date_key": "k", "value": 3.2}, {"title": "Poids", "date_key": "k"}),
        (Kind.FAMILY_HISTORY, {"title": "Diabète", "subtitle": "Père"}, {"title": "Diabète", "subtitle": "Mère"}),
        (Kind.PAGES, {"title": "Deux mois", "subtitle": "Sourit"}, {"title": "Deux mois", "subtitle": "Dort bien"}),
        (Kind.DOCUMENTS, {"title": "Photo"}, {"title": "Photo"}),
        (Kind.REMARKS, {"title": "Faux"}, {"title": "Faux"}),
        (Kind.OTHER, {}, {}),
    ],
)
def test_what_may_be_another_is_not(kind: Kind, one: dict[str, object], other: dict[str, object]) -> None:
    assert not is_alike(Overview(kind=kind, **one), Overview(kind=kind, **other))  # type: ignore[arg-type]


def test_ways_to_reach_fill_what_is_blank_and_an_address_is_never_made_of_two() -> None:
    mine = ContactDetails(mobile="06 39 98 00 00", email="z@famille.example", street="1 rue Basse", city="Lyon")
    theirs = ContactDetails(id="p", mobile="06 39 98 11 11", city="Paris")
    filled = fill_details(mine, theirs)
    assert (filled.id, filled.mobile, filled.email) == ("p", "06 39 98 11 11", "z@famille.example")
    assert (filled.street, filled.city) == (None, "Paris")
    assert fill_details(mine, ContactDetails()).street == "1 rue Basse"
    assert tells_something(mine)
    assert not tells_something(ContactDetails(note="rien"))
