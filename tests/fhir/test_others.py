from mes_app.domain.others import Other
from mes_app.domain.record import Kind, Source
from mes_app.domain.values import PartialDate
from mes_app.fhir.others import decode_other, summarise_other
from tests.fhir.reading import nowhere, opened, summary


def test_a_record_of_no_section_is_shown_by_what_it_calls_itself() -> None:
    overview = summary("flag")
    assert (overview.kind, overview.title, overview.date_text) == (
        Kind.OTHER,
        "Porteur d'un stimulateur cardiaque",
        "2025-01-01",
    )
    assert opened("flag") == Other(
        type="Flag",
        title="Porteur d'un stimulateur cardiaque",
        date=PartialDate(text="2025-01-01"),
        text="Porteur d'un stimulateur cardiaque",
        source=Source.PROFESSIONAL,
        author="Dr Hélène ROUX",
    )


def test_a_type_nobody_knows_is_its_own_title() -> None:
    resource = {"resourceType": "Inconnu", "id": "1"}
    assert summarise_other(resource).title == "Inconnu"
    assert decode_other(resource, nowhere).title == "Inconnu"
