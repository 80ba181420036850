"""A dossier whose every word comes from somebody else, hostile ones among them."""

from datetime import UTC, datetime

from mes_app.domain.appointments import Appointment, AppointmentStatus
from mes_app.domain.dossiers import Dossier, FiledDocument, Missing
from mes_app.domain.people import Person, Profile, Sex
from mes_app.domain.record import Kind, Row, Source
from mes_app.domain.sections import SECTIONS
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.summaries import HealthSummary, SectionContent
from mes_app.domain.values import Coded, PartialDate

NAME = "Anaïs <Œuvrard>"
NIR = "288077512345622"
HOSTILE = '<script>alert("x")</script>'


def list_document(number: int, category: str = "CPT_REND", title: str = "", *, hidden: bool = False) -> Row:
    return Row(
        id=f"d{number}",
        profile="p",
        kind=Kind.DOCUMENTS,
        title=title or f"Document {number}",
        subtitle="Dr Noël",
        date_text=f"2026-11-0{number}",
        category=category,
        hidden=hidden,
    )


def build_dossier() -> Dossier:
    allergy = Allergy(substance=Coded(text=HOSTILE), source=Source.PROFESSIONAL, author="Dr Noël")
    appointment = Appointment(
        title="Visite & contrôle",
        start=PartialDate(text="2026-12-01T09:00:00+01:00"),
        status=AppointmentStatus.BOOKED,
        place="Clinique",
    )
    summary = HealthSummary(
        profile=Profile(pid="p", name=NAME, birth=PartialDate(text="1988-02-29"), sex=Sex.FEMALE, holder=True),
        person=Person(name=NAME, nir=NIR),
        made_at=datetime(2026, 11, 21, 13, 5, tzinfo=UTC),
        made_by=NAME,
        sections={kind: SectionContent() for kind in SECTIONS} | {Kind.ALLERGIES: SectionContent((allergy,))},
    )
    documents = (
        FiledDocument(list_document(1, "BIOLOGIE"), "Documents/Résultats de biologie/2026 #1 50%.pdf"),
        FiledDocument(list_document(2, hidden=True), "Documents/Comptes rendus/a.pdf"),
        FiledDocument(list_document(3, "NOUVELLE", HOSTILE), missing=Missing.OFFLINE),
    )
    return Dossier(summary, (appointment,), documents)
