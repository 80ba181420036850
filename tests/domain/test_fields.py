from decimal import Decimal

from mes_app.domain.documents import Attachment, Category, Document
from mes_app.domain.fields import Field, FieldKind, list_fields
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.papers import PaperKind
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy, Criticality
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.values import Coded, PartialDate
from mes_app.i18n import field_value, t


def test_fields_come_in_the_order_of_their_declaration_and_the_note_last() -> None:
    allergy = Allergy(
        substance=Coded(text="Latex"),
        criticality=Criticality.HIGH,
        reactions=("Urticaire", "Œdème"),
        since=PartialDate(text="1995"),
        note="Gants sans latex",
    )
    shown = [(field.name, field.kind, field.value) for field in list_fields(allergy, Kind.ALLERGIES)]
    assert shown == [
        ("substance", FieldKind.TEXT, "Latex"),
        ("criticality", FieldKind.CHOICE, "sections.allergies.criticality_high"),
        ("reactions", FieldKind.TEXT, "Urticaire, Œdème"),
        ("since", FieldKind.DATE, "1995"),
        ("status", FieldKind.CHOICE, "sections.allergies.status_active"),
        ("note", FieldKind.TEXT, "Gants sans latex"),
    ]


def test_what_is_empty_is_not_shown() -> None:
    assert [field.name for field in list_fields(Professional(name="Dr Benali"), Kind.PROFESSIONALS)] == ["name"]


def test_a_yes_and_a_number_keep_their_kind() -> None:
    regular = list_fields(Professional(name="Dr Benali", regular=True), Kind.PROFESSIONALS)[-1]
    assert regular == Field("regular", "sections.professionals.regular", FieldKind.YES, "")
    measure = Measure(measure="weight", title="Poids", value=Decimal("61.50"), unit="kg")
    assert Field("value", "sections.measures.value", FieldKind.NUMBER, "61.50") in list_fields(measure, Kind.MEASURES)


def test_the_two_numbers_of_a_blood_pressure_are_told_apart() -> None:
    pressure = Measure(
        title="Tension", measure=MeasureType.BLOOD_PRESSURE, value=Decimal(128), value2=Decimal(82), unit="mm[Hg]"
    )
    labels = [field.label for field in list_fields(pressure, Kind.MEASURES)]
    assert "sections.measures.systolic" in labels
    assert "sections.measures.diastolic" in labels


def test_a_document_tells_what_its_reader_can_choose_in_words_that_exist() -> None:
    document = Document(
        title="Bilan",
        unique_id="urn:uuid:1",
        type=Coded(text="CR d’examens biologiques", code="11502-2"),
        category=Category.LABORATORY,
        date=PartialDate(text="2026-11-19"),
        hidden=True,
        attachment=Attachment(url="Binary/b1"),
    )
    fields = list_fields(document, Kind.DOCUMENTS)
    assert [field.name for field in fields] == ["title", "type", "category", "date", "hidden"]
    assert all(t(field.label) for field in fields)
    assert field_value(fields[2].kind, fields[2].value) == t("categories.biologie")


def test_a_piece_tells_which_one_it_is_and_until_when() -> None:
    piece = Document(
        title="Carte",
        type=Coded(text="Pièce administrative"),
        category=Category.ADMINISTRATIVE,
        paper=PaperKind.EUROPEAN,
        expires=PartialDate(text="2031"),
    )
    kind, until = (field for field in list_fields(piece, Kind.DOCUMENTS) if field.name in ("paper", "expires"))
    assert field_value(kind.kind, kind.value) == t("adding.paper_european-card")
    assert (until.kind, until.value) == (FieldKind.DATE, "2031")
