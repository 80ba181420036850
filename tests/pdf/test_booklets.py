from dataclasses import replace

from pypdf import PageObject
from reportlab.lib.pagesizes import A4

from mes_app.domain.booklets import list_ages
from mes_app.domain.sections.pages import Page
from mes_app.domain.values import PartialDate
from mes_app.i18n import t
from mes_app.pdf.layout import MARGIN
from tests.pdf.booklets import PAGE, make_booklet, make_tooth, read, words

NOTE = Page(page="12e mois", date=PartialDate(text="2025-09-15"), text="Premiers pas.\nElle dit « chat » & <papa>.",
            unique_id=PAGE, author="Camille Œuvrard")  # fmt: skip


def test_the_cover_says_whose_it_is_when_it_was_printed_and_whose_curves_these_are() -> None:
    reader = read(make_booklet())
    cover = " ".join(reader.pages[0].extract_text().split())
    for said in (
        "Jeanne <Œuvrard>",
        "née le lun. 8 sept. 2025",
        "22 nov. 2026",
        "par Camille Œuvrard",
        t("growth.source"),
    ):
        assert said in cover
    assert reader.metadata is not None
    assert reader.metadata.title == t("booklet.pdf.document_title", name="Jeanne <Œuvrard>")
    assert str(reader.root_object["/Lang"]) == "fr-FR"
    assert f"page 1/{len(reader.pages)}" in cover


def test_it_tells_curves_measures_examinations_vaccines_and_teeth_in_that_order() -> None:
    said = words(read(make_booklet(teeth=(make_tooth("71", "2026-03", "2026-10"), make_tooth("81", "2026-02-01")))))
    parts = [
        "Poids : 3 valeurs placées",
        "Périmètre crânien : 0 valeur placée",
        "3,2 kg",
        "Examen des 8 premiers jours",
        "Rougeole-Oreillons-Rubéole",
        "Incisive centrale inférieure droite (81)",
        "Incisive centrale inférieure gauche (71)",
    ]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert "tombée : octobre 2026" in said
    assert said.count("Examen ") >= 20


def test_only_pages_with_something_on_them_are_printed_with_what_belongs_to_them() -> None:
    said = words(read(make_booklet(notes=(NOTE,), photos=3)))
    own = said[said.index(t("booklet.pages")) :]
    assert [name for name in list_ages().values() if f" {name} " in own] == ["12e mois"]
    for part in (
        "weight : 3,232 kg · height : 49,49 cm",
        "Premiers pas. Elle dit « chat » & <papa>.",
        "lun. 15 sept. 2025 · Camille Œuvrard",
    ):
        assert part in own


def test_an_empty_booklet_says_what_is_empty() -> None:
    printed = make_booklet(measured=0)
    said = words(read(printed))
    for part in ("booklet.pdf.no_values", "booklet.teeth_none", "booklet.pdf.no_pages"):
        assert t(part) in said
    nobody = replace(printed, booklet=replace(printed.booklet, child=None, curves=()))
    assert t("booklet.pdf.no_child") in words(read(nobody))


def test_a_long_record_goes_on_over_the_pages_with_nothing_cut_off() -> None:
    long = NOTE.model_copy(
        update={"text": "\n".join(f"Ligne numéro {rank} de cette longue journée." for rank in range(300))}
    )
    reader = read(make_booklet(notes=(long,), measured=60, photos=14))
    said = words(reader)
    assert len(reader.pages) > 8
    assert all(f"Ligne numéro {rank} de" in said for rank in range(300))
    assert said.count(t("booklet.pdf.age")) >= 2
    for number, page in enumerate(reader.pages, start=1):
        assert f"page {number}/{len(reader.pages)}" in page.extract_text()
        assert all(MARGIN - 1 <= x < A4[0] - MARGIN and y > 0 for x, y in _list_places(page))


def _list_places(page: PageObject) -> list[tuple[float, float]]:
    """Where the words of a page begin, in points from its lower left corner."""
    found: list[tuple[float, float]] = []

    def visit(text: str, around: list[float], inside: list[float], _font: object, _size: object) -> None:
        if text.strip():
            found.append((inside[4] * around[0] + around[4], inside[5] * around[3] + around[5]))

    page.extract_text(visitor_text=visit)
    return found
