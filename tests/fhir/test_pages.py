from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.pages import Page
from mes_app.domain.values import PartialDate
from mes_app.fhir.pages import read_page_of, write_page_of
from tests.fhir.encoding import DATES, LINES, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import opened, summary

ENTRIES = st.builds(
    Page,
    source=st.just(Source.SELF),
    page=LINES,
    date=st.none() | DATES,
    text=st.none() | TEXTS,
    unique_id=st.just("urn:uuid:7a1c3f0e-5b1d-4c57-9d0c-0a5f5c1c9f11"),
)


def test_a_page_opens_with_its_notes_and_the_name_that_its_photos_say() -> None:
    assert opened("booklet_page") == Page(
        page="12e mois",
        date=PartialDate(text="2026-09-03"),
        text="Premiers pas.\nDeux mots : « papa », « chat ».",
        unique_id="urn:uuid:7a1c3f0e-5b1d-4c57-9d0c-0a5f5c1c9f11",
        source=Source.RELATIVE,
        author="Camille MARTIN",
    )


def test_a_page_is_listed_by_its_name_and_not_among_results() -> None:
    listed = summary("booklet_page")
    assert (listed.kind, listed.title, listed.date_text) == (Kind.PAGES, "12e mois", "2026-09-03")
    assert listed.subtitle.startswith("Premiers pas.")


def test_an_identifier_of_another_system_is_not_its_name() -> None:
    page = opened("booklet_page", identifier=[{"system": "urn:example:own", "value": "12"}])
    assert isinstance(page, Page)
    assert page.unique_id == ""


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Page, second: Page) -> None:
    check_writing(Kind.PAGES, first, second)


def test_a_page_without_words_is_written_for_the_photos_it_has() -> None:
    resource = written(Kind.PAGES, Page(source=Source.SELF, page="Naissance", unique_id="urn:uuid:1"))
    assert not any(name.startswith("value") for name in resource)


def test_a_document_names_its_page_whatever_else_it_is_related_to() -> None:
    stay = {"reference": "Encounter/1"}
    assert read_page_of({"context": {"related": [stay, write_page_of("urn:uuid:1")]}}) == "urn:uuid:1"
    assert read_page_of({"context": {"related": [stay]}}) == ""
    assert read_page_of({}) == ""
