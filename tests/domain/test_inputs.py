import pytest

from mes_app.domain.inputs import (
    WRITABLE,
    Input,
    InputKind,
    find_type,
    list_inputs,
    list_names,
    start_values,
    unit_name,
)
from mes_app.domain.record import Entry, Kind


def test_an_allergy_is_asked_as_it_is_declared() -> None:
    assert [(asked.name, asked.kind, asked.required) for asked in list_inputs(Kind.ALLERGIES)] == [
        ("substance", InputKind.TEXT, True),
        ("criticality", InputKind.CHOICE, False),
        ("severity", InputKind.CHOICE, False),
        ("reactions", InputKind.LINES, False),
        ("since", InputKind.DATE, False),
        ("status", InputKind.CHOICE, True),
        ("note", InputKind.LONG_TEXT, False),
    ]


def test_nobody_declares_that_a_state_is_unknown() -> None:
    status = next(asked for asked in list_inputs(Kind.ALLERGIES) if asked.name == "status")
    assert status == Input(
        "status", "sections.allergies.status", InputKind.CHOICE, True, ("active", "inactive", "resolved")
    )


def test_a_blood_pressure_has_two_numbers_in_its_unit() -> None:
    asked = {asked.name: asked for asked in list_inputs(Kind.MEASURES, {"measure": "bp"})}
    assert list(asked) == ["measure", "value", "value2", "date", "note"]
    assert (asked["value"].unit, asked["value2"].unit, asked["value2"].required) == ("mm[Hg]", "mm[Hg]", True)
    assert [asked[name].label for name in ("value", "value2")] == [
        "sections.measures.systolic",
        "sections.measures.diastolic",
    ]


def test_values_of_another_form_change_nothing() -> None:
    assert list_inputs(Kind.HABITS, {"measure": "bp"}) == list_inputs(Kind.HABITS)


def test_a_number_that_is_said_in_several_units_is_asked_with_them() -> None:
    asked = {each.name: each for each in list_inputs(Kind.MEASURES, {"measure": "glucose"})}
    assert asked["value"].units == ("mg/dL", "g/L", "mmol/L")
    assert asked["value"].unit_name == unit_name("glucose")
    assert not asked["date"].units
    pulse = {each.name: each for each in list_inputs(Kind.MEASURES, {"measure": "heart_rate"})}
    assert (pulse["value"].units, pulse["value"].unit_name) == ((), "")


def test_before_a_measure_is_chosen_a_number_has_no_unit() -> None:
    assert [(asked.name, asked.unit) for asked in list_inputs(Kind.MEASURES)] == [
        ("measure", ""),
        ("value", ""),
        ("date", ""),
        ("note", ""),
    ]


def test_a_measure_kept_in_another_unit_is_asked_in_it_and_another_measure_in_its_own() -> None:
    values = {"measure": "weight", unit_name("weight"): "[lb_av]"}
    assert next(asked.unit for asked in list_inputs(Kind.MEASURES, values) if asked.name == "value") == "[lb_av]"
    values["measure"] = "height"
    assert next(asked.unit for asked in list_inputs(Kind.MEASURES, values) if asked.name == "value") == "cm"


def test_a_choice_already_made_is_offered_even_where_it_is_none_of_ours() -> None:
    relation = list_inputs(Kind.FAMILY_HISTORY, {"relation": "Petit-cousin"})[0]
    assert relation.choices[-1] == "Petit-cousin"
    assert list_inputs(Kind.FAMILY_HISTORY, {"relation": "MTH"})[0].choices.count("MTH") == 1


def test_a_body_mass_index_is_not_typed() -> None:
    assert "bmi" not in list_inputs(Kind.MEASURES)[0].choices


def test_roles_are_chosen_among_several() -> None:
    assert {asked.name: asked.kind for asked in list_inputs(Kind.CONTACTS)}["roles"] is InputKind.CHOICES


def test_a_new_entry_starts_with_the_state_it_most_likely_has() -> None:
    assert start_values(Kind.ALLERGIES) == {"status": "active"}
    assert start_values(Kind.APPOINTMENTS) == {"status": "booked"}
    assert start_values(Kind.MEASURES) == {}


@pytest.mark.parametrize("kind", sorted(WRITABLE))
def test_a_form_asks_no_fact_that_every_entry_has_but_its_note(kind: Kind) -> None:
    names = list_names(kind)
    assert set(names) & set(Entry.model_fields) <= {"note"}
    assert all(isinstance(find_type(kind, name), type) for name in names)
