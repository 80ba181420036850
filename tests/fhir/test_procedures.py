from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.procedures import Procedure
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.reading import opened, summary


def test_an_operation_shows_where_it_was_done() -> None:
    overview = summary("procedure")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.PROCEDURES,
        "Appendicectomie par cœlioscopie",
        "Hôpital de la Croix-Rousse",
    )
    procedure = opened("procedure")
    assert isinstance(procedure, Procedure)
    assert (procedure.place, procedure.performer, procedure.stay) == (
        "Hôpital de la Croix-Rousse",
        "Dr Paul LEROY",
        False,
    )
    assert (procedure.date, procedure.until) == (PartialDate(text="2004-07"), None)


def test_a_stay_shows_why_it_was() -> None:
    overview = summary("stay")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.PROCEDURES,
        "Accouchement",
        "Maternité de l'Hôtel-Dieu",
    )
    stay = opened("stay")
    assert isinstance(stay, Procedure)
    assert stay.stay
    assert stay.until == PartialDate(text="2017-02-13T15:30:00+01:00")
    assert summary("stay", reasonCode=None).title == "Hospitalisation complète"


def test_the_person_is_never_shown_as_the_surgeon() -> None:
    changes = {"performer": [{"actor": {"reference": "Patient/camille", "display": "Camille MARTIN"}}]}
    procedure = opened("procedure", **changes)
    assert isinstance(procedure, Procedure)
    assert (procedure.performer, procedure.source) == (None, Source.SELF)
    assert summary("procedure", **changes, location=None).subtitle == ""


def test_a_consultation_is_no_stay() -> None:
    assert summary("stay", **{"class": {"code": "AMB"}}).kind is Kind.OTHER
    assert summary("stay", **{"class": None}).kind is Kind.OTHER


def test_a_procedure_known_by_its_category_only_is_called_by_it() -> None:
    procedure = opened("procedure", code=None, category={"text": "Chirurgie"})
    assert isinstance(procedure, Procedure)
    assert procedure.procedure == Coded(text="Chirurgie")
    assert procedure.source is Source.SELF
