import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.catalogue import UPLOAD_TYPES, choose_upload_type
from mes_app.domain.documents import Attachment, Category, Document
from mes_app.domain.papers import PaperKind
from mes_app.domain.record import ContentState, Kind, Source
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.bodies import write_body
from tests.fhir.encoding import DATES, LINES, OWNER, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import body, opened, sample, summary

FILED = PartialDate(text="2026-11-20T10:35:00+01:00")
FILE = Attachment(content_type="application/pdf", url="Binary/1", size=12345, sha1="2jmj7l5rSw0yVb/vlWAYkK/YBwk=")


def upload(category: Category = Category.LABORATORY, **fields: object) -> Document:
    return Document.model_validate(
        {
            "source": Source.SELF,
            "title": "Bilan sanguin novembre",
            "unique_id": "urn:uuid:0f9f2a4e-3c2c-4f0e-9b0a-0d7a4b6f6f10",
            "type": choose_upload_type(category),
            "category": category,
            "date": PartialDate(text="2026-11-19"),
            "recorded": FILED,
            "attachment": FILE,
            "content": ContentState.REMOTE,
        }
        | fields
    )


PAPERS = st.builds(
    upload,
    st.just(Category.ADMINISTRATIVE),
    title=LINES,
    date=DATES,
    paper=st.none() | st.sampled_from(PaperKind),
    expires=st.none() | DATES,
)
ENTRIES = PAPERS | st.builds(
    upload,
    st.sampled_from(list(UPLOAD_TYPES)),
    title=LINES,
    date=DATES,
    description=st.none() | TEXTS,
    hidden=st.booleans(),
    superseded=st.booleans(),
)


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


def test_a_document_of_a_stay_is_never_said_to_end_before_it_began() -> None:
    stay = {"context": {"period": {"start": "2026-02-19", "end": "2026-02-21"}}}
    former = write_body(written(Kind.DOCUMENTS, upload(date=PartialDate(text="2026-02-19"))) | stay)
    earlier = written(Kind.DOCUMENTS, upload(date=PartialDate(text="2026-02-18")), former)
    assert earlier["context"]["period"] == {"start": "2026-02-18", "end": "2026-02-21"}
    later = written(Kind.DOCUMENTS, upload(date=PartialDate(text="2026-02-22")), former)
    assert later["context"]["period"] == {"start": "2026-02-22"}


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Document, second: Document) -> None:
    check_writing(Kind.DOCUMENTS, first, second)


def test_an_upload_is_what_french_and_bare_servers_take() -> None:
    nos = "https://mos.esante.gouv.fr/NOS"
    types, classes = ("TRE_A05-TypeDocComplementaire", "TRE_A03-ClasseDocument")
    assert written(Kind.DOCUMENTS, upload()) == {
        "resourceType": "DocumentReference",
        "masterIdentifier": {
            "system": "urn:ietf:rfc:3986",
            "value": "urn:uuid:0f9f2a4e-3c2c-4f0e-9b0a-0d7a4b6f6f10",
        },
        "status": "current",
        "type": {
            "coding": [
                {
                    "system": f"{nos}/{types}/FHIR/{types.replace('_', '-')}",
                    "code": "DOCPAT05",
                    "display": "CR de biologie déposé par le patient",
                }
            ]
        },
        "category": [{"coding": [{"system": f"{nos}/{classes}/FHIR/{classes.replace('_', '-')}", "code": "10"}]}],
        "subject": {"reference": OWNER.patient},
        "author": [{"reference": OWNER.author}],
        "date": FILED.text,
        "securityLabel": [
            {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "N"}]}
        ],
        "content": [
            {
                "attachment": {
                    "contentType": "application/pdf",
                    "language": "fr-FR",
                    "title": "Bilan sanguin novembre",
                    "size": 12345,
                    "hash": FILE.sha1,
                    "creation": "2026-11-19",
                    "url": "Binary/1",
                }
            }
        ],
        "context": {"period": {"start": "2026-11-19"}},
    }


def test_a_document_filed_elsewhere_takes_the_type_and_the_class_of_uploads_there() -> None:
    former = write_body(written(Kind.DOCUMENTS, upload()))
    moved = upload(Category.IMAGING)
    changed = written(Kind.DOCUMENTS, moved, former)
    assert changed["type"]["coding"][0]["code"] == "DOCPAT04"
    assert changed["category"][0]["coding"][0]["code"] == "31"
    assert moved.type == choose_upload_type(Category.IMAGING)


def test_another_title_is_written_where_it_was_read() -> None:
    changed = written(Kind.DOCUMENTS, opened("document").model_copy(update={"title": "Bilan"}), body("document"))
    expected = sample("document")
    expected["content"][1]["attachment"]["title"] = "Bilan"
    assert changed == expected


def test_a_document_of_no_content_can_still_be_named() -> None:
    former = sample("document", content=None)
    named = opened("document", content=None).model_copy(update={"title": "Bilan"})
    assert written(Kind.DOCUMENTS, named, write_body(former))["content"] == [{"attachment": {"title": "Bilan"}}]


def test_a_document_without_a_name_of_its_own_claims_none() -> None:
    assert "masterIdentifier" not in written(Kind.DOCUMENTS, upload(unique_id=""))


def test_a_photo_of_a_booklet_names_its_page_and_keeps_doing_so_when_it_is_filed_elsewhere() -> None:
    photo = upload(Category.PREVENTION, page="urn:uuid:7a1c3f0e-5b1d-4c57-9d0c-0a5f5c1c9f11")
    resource = written(Kind.DOCUMENTS, photo)
    assert resource["context"]["related"] == [
        {"type": "Observation", "identifier": {"system": "urn:ietf:rfc:3986", "value": photo.page}}
    ]
    moved = photo.model_copy(update={"date": PartialDate(text="2026-11-01"), "title": "Premiers pas"})
    assert written(Kind.DOCUMENTS, moved, write_body(resource))["context"]["related"] == resource["context"]["related"]
