from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality, Severity
from mes_app.domain.sections.ordering import is_current, sort_by_danger, sort_by_weight
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.sections.treatments import Treatment, TreatmentStatus
from mes_app.domain.values import Coded


def allergy(name: str, criticality: Criticality | None, severity: Severity | None = None) -> Allergy:
    return Allergy(substance=Coded(text=name), criticality=criticality, severity=severity)


def test_the_most_dangerous_allergy_comes_first_and_an_unknown_danger_before_a_low_one() -> None:
    given = [
        allergy("nickel", Criticality.LOW),
        allergy("pollen", None),
        allergy("latex", Criticality.HIGH),
        allergy("pénicilline", Criticality.HIGH, Severity.SEVERE),
    ]
    names = [found.substance.text for found in sort_by_weight([*given]) if isinstance(found, Allergy)]
    assert names == ["pénicilline", "latex", "pollen", "nickel"]


def test_rows_of_allergies_come_in_the_same_order() -> None:
    rows = [Row(id=name, profile="p", kind=Kind.ALLERGIES, category=name) for name in ("low", "", "high", "odd")]
    assert [row.category for row in sort_by_danger(rows)] == ["high", "", "odd", "low"]


def test_what_is_taken_today_comes_before_what_was_taken() -> None:
    past = Treatment(medicine=Coded(text="fer"), status=TreatmentStatus.COMPLETED)
    current = Treatment(medicine=Coded(text="lévothyroxine"))
    assert sort_by_weight([past, current]) == [current, past]


def test_a_cured_allergy_and_a_finished_treatment_no_longer_hold() -> None:
    cured = allergy("pollen", None).model_copy(update={"status": AllergyStatus.RESOLVED})
    finished = Treatment(medicine=Coded(text="fer"), status=TreatmentStatus.STOPPED)
    assert [is_current(entry) for entry in (cured, finished, allergy("latex", None))] == [False, False, True]


def test_of_professionals_the_regular_doctor_alone_matters_at_once() -> None:
    assert [is_current(Professional(name="Dr Noé", regular=regular)) for regular in (True, False)] == [True, False]
