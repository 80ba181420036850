import pytest

from mes_app.domain.documents import Attachment, Category, Document
from mes_app.domain.record import ContentState, Kind, Source
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.reading import opened, summary


def test_a_list_shows_the_title_the_author_and_the_day_of_the_document() -> None:
    overview = summary("document")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.DOCUMENTS,
        "Bilan sanguin février",
        "Dr Marc GIRAUD",
    )
    assert (overview.category, overview.code, overview.date_text) == ("BIOLOGIE", "11502-2", "2026-02-20")
    assert (overview.content_type, overview.size, overview.hidden) == ("application/pdf", 48213, True)
    assert (overview.status, overview.source) == ("current", Source.PROFESSIONAL)


def test_a_french_document_opens() -> None:
    assert opened("document") == Document(
        title="Bilan sanguin février",
        unique_id="urn:oid:1.2.250.1.999.1.1.42",
        type=Coded(text="CR d'examens biologiques", code="11502-2", system="http://loinc.org"),
        category=Category.LABORATORY,
        date=PartialDate(text="2026-02-20"),
        author="Dr Marc GIRAUD",
        organization="Laboratoire des Brotteaux",
        description="Bilan thyroïdien annuel",
        source=Source.PROFESSIONAL,
        recorded=PartialDate(text="2026-02-20T18:00:00+01:00"),
        hidden=True,
        attachment=Attachment(
            content_type="application/pdf", url="Binary/pdf-1", size=48213, sha1="2jmj7l5rSw0yVb/vlWAYkK/YBwk="
        ),
        content=ContentState.REMOTE,
    )


def test_a_minimal_document_is_named_by_its_type_and_keeps_its_inline_content() -> None:
    overview = summary("document_minimal")
    assert (overview.category, overview.source) == ("DOC_ADM", Source.SELF)
    assert overview.title
    document = opened("document_minimal")
    assert isinstance(document, Document)
    assert document.title == document.type.text == overview.title
    assert document.attachment == Attachment(content_type="text/plain", inline=True, size=15)
    assert document.content is ContentState.STORED


def test_an_unknown_type_is_shown_among_the_others_under_its_own_name() -> None:
    unknown = {"coding": [{"system": "urn:autre", "code": "XYZ", "display": "Carnet de bord"}]}
    document = opened("document_minimal", type=unknown)
    assert isinstance(document, Document)
    assert (document.category, document.title) == (Category.OTHER, "Carnet de bord")
    assert summary("document_minimal", type=unknown).code == "XYZ"


@pytest.mark.parametrize("system", ["http://loinc.org", "https://smt.esante.gouv.fr/fhir/x", None])
def test_the_type_is_matched_whatever_the_system_says(system: str | None) -> None:
    stated = {"coding": [{"code": "autre"}, {"system": system, "code": "11502-2"}]}
    assert summary("document", type=stated).category == "BIOLOGIE"


def test_a_replaced_document_says_so() -> None:
    document = opened("document", status="superseded")
    assert isinstance(document, Document)
    assert document.superseded
    assert summary("document", status="superseded").status == "superseded"


def test_a_document_without_a_title_is_named_by_its_description_then_its_category() -> None:
    bare = {"content": None}
    assert summary("document", **bare).title == "Bilan thyroïdien annuel"
    assert summary("document", **bare, description=None, type=None).title == "Compte rendu"
    assert summary("document", **bare, description=None, type=None, category=None).title == "DocumentReference"


def test_its_day_is_when_it_was_made_else_what_it_tells_of_else_when_it_was_filed() -> None:
    assert summary("document", content=None).date_text == "2026-02-19"
    assert summary("document", content=None, context=None).date_text == "2026-02-20T18:00:00+01:00"
