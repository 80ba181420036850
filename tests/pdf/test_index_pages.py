from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

from mes_app.domain.dossiers import MOST_ENTRIES, Dossier
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.summaries import SectionContent
from mes_app.domain.values import Coded
from mes_app.pdf.index_pages import render_index_page
from tests.pdf.dossiers import HOSTILE, NAME, NIR, build_dossier

Tag = tuple[str, dict[str, str | None]]
ALONE = {"meta"}


class Page(HTMLParser):
    """What a browser makes of a page: its tags, its words, and whether each tag is closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data.replace("\u00a0", " "))

    def find(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(dossier: Dossier) -> Page:
    page = Page(render_index_page(dossier).decode())
    assert page.open == []
    return page


def test_the_page_says_whose_it_is_and_links_to_each_document_that_is_there() -> None:
    page = read(build_dossier())
    words = "".join(page.words)
    assert NAME in words
    assert "38 ans" in words
    links = [unquote(link["href"] or "") for link in page.find("a")]
    assert "Documents/Résultats de biologie/2026 #1 50%.pdf" in links
    assert "Documents/Comptes rendus/a.pdf" in links
    assert "Non inclus : le serveur n’a pas répondu." in words
    assert "Visite & contrôle" in words
    assert "confirmé" in words


def test_z2_a_hidden_document_is_in_the_index_of_its_holder_and_marked() -> None:
    assert "Masqué aux professionnels" in "".join(read(build_dossier()).words)


def test_c4_nothing_that_a_record_says_is_more_than_words() -> None:
    page = read(build_dossier())
    assert "".join(page.words).count(HOSTILE) == 2
    assert not {"script", "img", "iframe", "object", "form", "link", "base"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "src"]
    (policy,) = (meta["content"] for meta in page.find("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_the_page_does_not_say_the_whole_number() -> None:
    assert NIR not in "".join(read(build_dossier()).words).replace(" ", "")


def test_a_reader_of_screens_hears_the_language_the_parts_and_what_each_column_is() -> None:
    page = read(build_dossier())
    assert page.find("html") == [{"lang": "fr-FR"}]
    assert len(page.find("h1")) == 1
    assert [part["id"] for part in page.find("h2")] == ["documents", "health", "appointments"]
    named = {part.get("id") for tag in ("h2", "h3") for part in page.find(tag)}
    assert {table["aria-labelledby"] for table in page.find("table")} <= named
    assert {head["scope"] for head in page.find("th")} == {"col"}


def test_an_empty_dossier_says_so() -> None:
    words = "".join(read(Dossier(build_dossier().summary)).words)
    assert "Aucun document." in words
    assert "Aucun rendez-vous." in words


def test_a_section_of_which_only_the_newest_are_told_says_so() -> None:
    dossier = build_dossier()
    entries = (Allergy(substance=Coded(text="Pollen")),) * MOST_ENTRIES
    summary = replace(dossier.summary, sections={Kind.ALLERGIES: SectionContent(entries)})
    assert "Seulement les 500 informations les plus récentes" in "".join(read(replace(dossier, summary=summary)).words)
