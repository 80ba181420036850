import json

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.professionals import Professional
from mes_app.fhir.professionals import list_professionals
from tests.fhir.reading import body, opened, sample, shared, summary

ROUX = Professional(
    source=Source.PROFESSIONAL,
    name="Dr Hélène ROUX",
    speciality="Médecin généraliste",
    phones=("04 72 00 00 01",),
    emails=("helene.roux@medecin.mssante.fr",),
    rpps="99700218896",
)
BENALI = Professional(
    source=Source.PROFESSIONAL,
    name="Nadia BENALI",
    speciality="Masseur-kinésithérapeute",
    organization="Cabinet des Lilas",
)


def test_a_practitioner_and_a_role_open_as_one_professional() -> None:
    assert opened("practitioner") == ROUX
    assert opened("practitioner_role") == BENALI
    assert summary("practitioner").subtitle == "Médecin généraliste"
    assert summary("practitioner_role").title == "Nadia BENALI"


def test_a_care_team_names_all_its_professionals_and_nobody_else() -> None:
    overview = summary("care_team")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.PROFESSIONALS,
        "Nadia BENALI",
        "Équipe de soins",
    )
    team = opened("care_team")
    assert isinstance(team, Professional)
    assert (team.name, team.organization) == ("Nadia BENALI, Dr Hélène ROUX", "Équipe de soins")


def test_a_team_of_one_is_that_professional() -> None:
    assert opened("care_team", participant=[{"member": {"reference": "Practitioner/roux"}}]) == ROUX


def test_the_function_of_a_role_does_not_hide_a_name() -> None:
    assert summary("practitioner_role", code=[{"text": "Médecin"}]).title == "Nadia BENALI"
    role = opened("practitioner_role", code=[{"text": "Médecin"}])
    assert isinstance(role, Professional)
    assert role.name == "Nadia BENALI"


def test_a_team_without_a_professional_is_no_line_of_the_section() -> None:
    assert summary("care_team", participant=[{"member": {"reference": "Patient/camille"}}]).kind is Kind.OTHER


def test_everyone_who_follows_is_listed_once_the_general_practitioner_first() -> None:
    found = list_professionals(body("patient"), [body("care_team"), body("care_team")], shared)
    assert found == [ROUX.model_copy(update={"regular": True}), BENALI]


def test_a_professional_nobody_holds_is_still_named() -> None:
    patient = sample("patient", generalPractitioner=[{"reference": "Practitioner/x", "display": "Dr Absent"}, {}])
    assert [found.name for found in list_professionals(json.dumps(patient).encode(), [], shared)] == ["Dr Absent"]
