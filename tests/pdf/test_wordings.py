from dataclasses import replace

from mes_app.domain.appointments import Appointment, AppointmentStatus
from mes_app.domain.dossiers import FiledDocument, Missing
from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.allergies import Allergy, Criticality
from mes_app.domain.summaries import SectionContent
from mes_app.domain.values import Coded, PartialDate
from mes_app.pdf.wordings import (
    Line,
    describe_absence,
    describe_appointment,
    describe_document,
    describe_entry,
    name_category,
    tell_identity,
)
from tests.pdf.dossiers import build_dossier, list_document


def test_an_entry_says_what_it_is_what_is_known_since_when_and_who_says_so() -> None:
    allergy = Allergy(
        substance=Coded(text="Nickel"),
        criticality=Criticality.LOW,
        since=PartialDate(text="2019"),
        source=Source.SELF,
        author="Anaïs",
    )
    expected = Line("Nickel", "Risque : faible · État : actuelle", "Depuis : 2019", "Déclaré par le patient (Anaïs)")
    assert describe_entry(Kind.ALLERGIES, allergy) == expected


def test_an_appointment_says_its_hour_where_it_is_known() -> None:
    appointment = Appointment(title="Visite", status=AppointmentStatus.CANCELLED, place="Clinique")
    assert describe_appointment(appointment) == Line("Visite", "Clinique", "", "annulé")
    for text, when in (("2026-12-01T09:00:00Z", "mar. 1 déc. 2026 à 10:00"), ("2026-12-01", "mar. 1 déc. 2026")):
        moved = appointment.model_copy(update={"start": PartialDate(text=text)})
        assert describe_appointment(moved).when.replace("\u00a0", " ") == when


def test_a_document_says_that_it_is_hidden_and_why_it_is_not_there() -> None:
    document = FiledDocument(list_document(1, hidden=True), missing=Missing.NONE)
    told = "Masqué aux professionnels · Sans fichier."
    assert describe_document(document) == Line("Document 1", told, "dim. 1 nov. 2026", "Dr Noël")


def test_a_document_goes_by_the_name_its_reader_gave_it() -> None:
    renamed = replace(list_document(1), own_title="Mon bilan")
    told = describe_document(FiledDocument(renamed, "a.pdf"))
    assert (told.title, told.details.replace("\u00a0", " ")) == ("Mon bilan", "Titre d’origine : Document 1")


def test_z15_an_unknown_category_counts_among_the_others() -> None:
    assert name_category("BIOLOGIE") == "Résultats de biologie"
    assert name_category("NOUVELLE") == "Autres documents"


def test_a_person_is_told_by_age_birth_and_sex() -> None:
    assert tell_identity(build_dossier().summary) == "38 ans · née le lun. 29 févr. 1988 · sexe féminin"


def test_an_absence_is_declared_or_not() -> None:
    assert describe_absence(Kind.ALLERGIES, SectionContent()) == "Non renseigné."
    declared = SectionContent(nothing_declared=PartialDate(text="2026"))
    assert describe_absence(Kind.ALLERGIES, declared) == "Je n’ai pas d’allergie (déclaré le 2026)."
