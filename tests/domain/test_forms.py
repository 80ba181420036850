from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from mes_app.domain.checks import check_entry
from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.forms import InputKind, build_entry, list_inputs, read_values
from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality
from mes_app.domain.sections.contacts import Contact
from mes_app.domain.sections.family_history import FamilyHistory
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.sections.vaccines import Vaccine
from mes_app.domain.values import Coded, PartialDate
from mes_app.errors import Reason, Rejected
from tests.domain.filled_forms import filled_forms

PENICILLIN = Allergy(
    id="1",
    source=Source.SELF,
    substance=Coded(text="Pénicilline", code="294505008", system="http://snomed.info/sct"),
    reactions=("Urticaire", "Œdème"),
    since=PartialDate(text="1994-03-02T08:00:00Z"),
    status=AllergyStatus.RESOLVED,
    note="Vue  à l’hôpital",
)
TODAY = date(2026, 11, 22)


def refusal(kind: Kind, values: dict[str, str]) -> tuple[str, Reason]:
    with pytest.raises(Rejected) as caught:
        build_entry(kind, values)
    return caught.value.field, caught.value.reason


@settings(max_examples=60)
@given(filled_forms())
def test_what_a_form_made_fills_the_form_again(form: tuple[Kind, dict[str, str]]) -> None:
    kind, values = form
    made = build_entry(kind, values)
    shown = read_values(made)
    assert build_entry(kind, shown) == made
    assert build_entry(kind, shown, made) == made
    assert list_inputs(kind, shown)


def test_an_entry_is_made_of_what_was_typed() -> None:
    values = {
        "substance": " Latex ",
        "criticality": "high",
        "reactions": "Urticaire\n\nUrticaire\nŒdème",
        "since": "05/1995",
    }
    assert build_entry(Kind.ALLERGIES, values) == Allergy(
        substance=Coded(text="Latex"),
        criticality=Criticality.HIGH,
        reactions=("Urticaire", "Œdème"),
        since=PartialDate(text="1995-05"),
    )


def test_what_was_not_touched_stays_exactly_as_it_was() -> None:
    shown = read_values(PENICILLIN)
    assert shown["since"] == "1994-03-02"
    assert build_entry(Kind.ALLERGIES, shown, PENICILLIN) == PENICILLIN
    assert build_entry(Kind.ALLERGIES, {}, PENICILLIN) == PENICILLIN
    changed = build_entry(Kind.ALLERGIES, shown | {"note": ""}, PENICILLIN)
    assert changed == PENICILLIN.model_copy(update={"note": None})


def test_other_words_lose_the_code_of_the_former_ones() -> None:
    changed = build_entry(Kind.ALLERGIES, {"substance": "Amoxicilline"}, PENICILLIN)
    assert isinstance(changed, Allergy)
    assert changed.substance == Coded(text="Amoxicilline")


def test_a_state_cannot_be_left_out() -> None:
    assert refusal(Kind.ALLERGIES, {"substance": "Latex", "status": ""}) == ("status", Reason.MISSING)


@pytest.mark.parametrize(
    ("kind", "values", "field", "reason"),
    [
        (Kind.ALLERGIES, {"substance": " \x00 "}, "substance", Reason.MISSING),
        (Kind.ALLERGIES, {"substance": "Latex", "since": "hier"}, "since", Reason.NOT_A_DATE),
        (Kind.ALLERGIES, {"substance": "Latex", "severity": "fatal"}, "severity", Reason.NOT_A_CHOICE),
        (Kind.VACCINES, {"vaccine": "ROR", "dose_number": "deux"}, "dose_number", Reason.NOT_A_NUMBER),
        (Kind.VACCINES, {"vaccine": "ROR", "dose_number": "1,5"}, "dose_number", Reason.NOT_WHOLE),
        (Kind.VACCINES, {"vaccine": "ROR", "dose_number": "0"}, "dose_number", Reason.NOT_WHOLE),
        (Kind.PROCEDURES, {"procedure": "Accouchement", "stay": "oui"}, "stay", Reason.NOT_A_CHOICE),
        (Kind.FAMILY_HISTORY, {"relation": "MTH"}, "conditions", Reason.MISSING),
        (Kind.MEASURES, {"measure": "weight", "date": "2019"}, "value", Reason.MISSING),
        (Kind.MEASURES, {"measure": "bp", "value": "120", "date": "2019"}, "value2", Reason.MISSING),
        (Kind.APPOINTMENTS, {"title": "Dentiste", "start": "midi"}, "start", Reason.NOT_A_DATE),
    ],
)
def test_what_is_wrong_is_told_at_its_field(kind: Kind, values: dict[str, str], field: str, reason: Reason) -> None:
    assert refusal(kind, values) == (field, reason)


def test_a_yes_and_a_whole_number_are_read() -> None:
    stay = build_entry(Kind.PROCEDURES, {"procedure": "Accouchement", "stay": "yes"})
    assert isinstance(stay, Procedure)
    assert stay.stay
    assert read_values(stay)["stay"] == "yes"
    vaccine = build_entry(Kind.VACCINES, {"vaccine": "ROR", "dose_number": "2"})
    assert isinstance(vaccine, Vaccine)
    assert vaccine.dose_number == 2


def test_a_chosen_role_keeps_the_words_the_record_has_for_it() -> None:
    trusted = Coded(text="Ma personne de confiance", code="NOK", system="urn:ici")
    former = Contact(name="Alex", roles=(trusted,))
    assert read_values(former)["roles"] == "NOK"
    changed = build_entry(Kind.CONTACTS, {"roles": "C\nNOK"}, former)
    assert isinstance(changed, Contact)
    assert [role.code for role in changed.roles] == ["C", "NOK"]
    assert changed.roles[1] == trusted


def test_a_relation_that_is_none_of_ours_is_kept_as_its_words() -> None:
    made = build_entry(Kind.FAMILY_HISTORY, {"relation": "Petit-cousin", "conditions": "Asthme"})
    assert made == FamilyHistory(relation=Coded(text="Petit-cousin"), conditions=("Asthme",))


def test_a_measure_has_the_name_and_the_unit_of_what_was_chosen() -> None:
    values = {"measure": "bp", "value": "128", "value2": "82", "date": "2026-11-21T10:30"}
    pressure = build_entry(Kind.MEASURES, values)
    assert pressure == Measure(
        measure="bp",
        title="Tension artérielle",
        date=PartialDate(text="2026-11-21T10:30:00+01:00"),
        value=Decimal(128),
        value2=Decimal(82),
        unit="mm[Hg]",
    )
    check_entry(Kind.MEASURES, pressure, TODAY)
    weight = build_entry(Kind.MEASURES, {"measure": "weight", "value": "61,5"}, pressure)
    assert isinstance(weight, Measure)
    assert (weight.title, weight.unit, weight.value2, weight.value) == ("Poids", "kg", None, Decimal("61.5"))


def test_a_measure_in_another_unit_keeps_it() -> None:
    former = Measure(
        measure="weight", title="Weight", value=Decimal("130.0"), unit="[lb_av]", date=PartialDate(text="2019")
    )
    changed = build_entry(Kind.MEASURES, read_values(former) | {"value": "131"}, former)
    assert changed == former.model_copy(update={"value": Decimal(131)})


def test_what_was_typed_in_a_unit_is_stored_and_shown_again_with_each_of_its_digits() -> None:
    born = {"measure": "weight", "value": "3450", "unit_weight": "g", "date": "2026-11-21"}
    weight = build_entry(Kind.MEASURES, born)
    assert isinstance(weight, Measure)
    assert (str(weight.value), weight.unit) == ("3.450", "kg")
    shown = read_values(weight, {"weight": "g"})
    assert (shown["value"], shown["unit_weight"]) == ("3450", "g")
    noted = build_entry(Kind.MEASURES, {"note": "À la naissance"}, weight, {"weight": "g"})
    assert noted == weight.model_copy(update={"note": "À la naissance"})
    grown = build_entry(Kind.MEASURES, {"value": "3500"}, weight, {"weight": "g"})
    assert grown == weight.model_copy(update={"value": Decimal("3.500")})
    sugar = build_entry(Kind.MEASURES, {"measure": "glucose", "value": "5,2", "unit_glucose": "mmol/L", "date": "2026"})
    assert isinstance(sugar, Measure)
    assert (sugar.value, sugar.unit) == (Decimal("5.2"), "mmol/L")
    assert read_values(sugar, {"glucose": "g/L"})["value"] == "5.2"


def test_a_pressure_is_said_in_centimetres_and_stored_in_millimetres() -> None:
    values = {"measure": "bp", "value": "12,8", "value2": "8", "unit_bp": "cm[Hg]", "date": "2026-11-21"}
    pressure = build_entry(Kind.MEASURES, values)
    assert isinstance(pressure, Measure)
    assert (pressure.value, pressure.value2, pressure.unit) == (Decimal(128), Decimal(80), "mm[Hg]")
    assert read_values(pressure, {"bp": "cm[Hg]"})["value2"] == "8.0"


def test_another_unit_chosen_is_another_number_and_one_of_something_else_is_refused() -> None:
    former = Measure(measure="weight", title="Poids", value=Decimal(70), unit="kg", date=PartialDate(text="2019"))
    changed = build_entry(Kind.MEASURES, {"unit_weight": "g"}, former)
    assert changed == former.model_copy(update={"value": Decimal("0.070")})
    with pytest.raises(Rejected) as refused:
        build_entry(Kind.MEASURES, {"unit_weight": "mmol/L"}, former)
    assert (refused.value.field, refused.value.reason) == ("unit_weight", Reason.NOT_A_CHOICE)


def test_a_measure_that_had_only_words_gets_a_number_in_our_unit() -> None:
    former = Measure(measure="weight", title="Poids", text="environ 60", date=PartialDate(text="2019"))
    changed = build_entry(Kind.MEASURES, {"value": "60"}, former)
    assert isinstance(changed, Measure)
    assert (changed.unit, changed.text) == ("kg", None)


def test_a_measure_that_is_none_of_ours_can_be_corrected() -> None:
    former = Measure(measure=None, title="Souplesse", value=Decimal(12), unit="cm", date=PartialDate(text="2019"))
    shown = read_values(former)
    assert [asked.unit for asked in list_inputs(Kind.MEASURES, shown) if asked.name == "value"] == ["cm"]
    assert build_entry(Kind.MEASURES, shown | {"value": "13"}, former) == former.model_copy(
        update={"value": Decimal(13)}
    )


def test_how_a_person_is_reached_is_asked_in_its_own_ways_and_told_at_its_field() -> None:
    kinds = {asked.name: asked.kind for asked in list_inputs(Kind.PEOPLE)}
    assert kinds["phone"] is kinds["mobile"] is InputKind.PHONE
    assert kinds["email"] is InputKind.EMAIL
    assert kinds["street"] is InputKind.LONG_TEXT
    assert "note" not in kinds
    assert refusal(Kind.PEOPLE, {"mobile": "06"}) == ("mobile", Reason.NOT_A_PHONE)
    assert refusal(Kind.PEOPLE, {"email": "camille"}) == ("email", Reason.NOT_AN_EMAIL)


def test_a_number_that_nobody_touched_is_not_refused_for_its_form() -> None:
    former = ContactDetails(phone="poste 12")
    assert build_entry(Kind.PEOPLE, {"phone": "poste 12", "city": "Lyon"}, former) == ContactDetails(
        phone="poste 12", city="Lyon"
    )


def test_the_code_of_a_box_fills_what_it_says_and_leaves_what_was_typed() -> None:
    typed = {"vaccine": "Repevax", "product": "(01)03400930000007(17)270500", "lot": "W3R29"}
    vaccine = build_entry(Kind.VACCINES, typed)
    assert isinstance(vaccine, Vaccine)
    assert (vaccine.product, vaccine.lot, vaccine.expires) == ("3400930000007", "W3R29", PartialDate(text="2027-05"))
    assert build_entry(Kind.VACCINES, {"lot": "W3R30"}, vaccine) == vaccine.model_copy(update={"lot": "W3R30"})


def test_the_code_of_a_box_that_somebody_else_wrote_oddly_stays() -> None:
    odd = Vaccine(vaccine=Coded(text="Repevax"), product="sans code")
    assert build_entry(Kind.VACCINES, {**read_values(odd), "lot": "W3R30"}, odd).product == "sans code"  # type: ignore[attr-defined]
