from decimal import Decimal

from mes_app.domain.fields import Field, FieldKind, list_fields
from mes_app.domain.record import Kind, Source
from mes_app.domain.results import Result
from mes_app.domain.sections.allergies import Allergy, Criticality
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.values import Coded, PartialDate, Quantity


def test_filled_fields_come_in_the_order_of_the_declaration_the_first_one_naming_the_entry() -> None:
    allergy = Allergy(
        substance=Coded(text="Pénicilline", code="1"),
        criticality=Criticality.UNKNOWN,
        reactions=("Urticaire", "Toux"),
        since=PartialDate(text="1994"),
        note="À vie",
        source=Source.SELF,
        author="Camille",
    )
    assert list_fields(allergy, Kind.ALLERGIES) == [
        Field("substance", "sections.allergies.substance", FieldKind.TEXT, "Pénicilline"),
        Field(
            "criticality",
            "sections.allergies.criticality",
            FieldKind.CHOICE,
            "sections.allergies.criticality_unable-to-assess",
        ),
        Field("reactions", "sections.allergies.reactions", FieldKind.TEXT, "Urticaire, Toux"),
        Field("since", "sections.allergies.since", FieldKind.DATE, "1994"),
        Field("status", "sections.allergies.status", FieldKind.CHOICE, "sections.allergies.status_active"),
        Field("note", "sections.allergies.note", FieldKind.TEXT, "À vie"),
    ]


def test_numbers_keep_their_digits_and_a_yes_needs_no_value() -> None:
    measure = Measure(title="Poids", measure=None, value=Decimal("72.50"), unit="kg")
    assert list_fields(measure, Kind.MEASURES)[1] == Field(
        "value", "sections.measures.value", FieldKind.NUMBER, "72.50"
    )
    stay = list_fields(Procedure(procedure=Coded(text="Séjour"), stay=True), Kind.PROCEDURES)[1]
    assert stay == Field("stay", "sections.procedures.stay", FieldKind.YES, "")
    result = Result(result=Coded(text="TSH"), value=Quantity(value=Decimal("2.310"), unit="mUI/L"))
    assert list_fields(result, Kind.RESULTS)[1].value == "2.310 mUI/L"
