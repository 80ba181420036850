import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from mes_app.domain.people import Person, Profile, Sex
from mes_app.domain.record import Kind, Source
from mes_app.domain.sections import SECTIONS
from mes_app.domain.sections.allergies import Allergy, Criticality, Severity
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.vaccines import Vaccine
from mes_app.domain.summaries import HealthSummary, SectionContent
from mes_app.domain.values import Coded, PartialDate
from mes_app.pdf.synthesis import render_synthesis

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
NIR = "288077512345622"
PENICILLIN = Allergy(
    substance=Coded(text="Pénicilline <G> & dérivés"),
    criticality=Criticality.HIGH,
    severity=Severity.SEVERE,
    source=Source.PROFESSIONAL,
    author="Dr Noël",
)
NICKEL = Allergy(substance=Coded(text="Nickel"), source=Source.SELF, author="Anaïs Œuvrard")


def summary(sections: dict[Kind, SectionContent]) -> HealthSummary:
    name = "Anaïs Œuvrard"
    birth = PartialDate(text="1988-02-29")
    everything = {kind: SectionContent() for kind in SECTIONS} | sections
    return HealthSummary(
        profile=Profile(pid="p", name=name, birth=birth, sex=Sex.FEMALE, holder=True),
        person=Person(name=name, birth=birth, sex=Sex.FEMALE, nir=NIR),
        made_at=datetime(2026, 11, 21, 13, 5, tzinfo=UTC),
        made_by=name,
        sections=everything,
    )


def read(sections: dict[Kind, SectionContent], *, show_nir: bool = False) -> PdfReader:
    return PdfReader(io.BytesIO(render_synthesis(summary(sections), FONTS, show_nir=show_nir)))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_it_says_whose_it_is_with_their_age_and_who_made_it() -> None:
    said = words(read({}))
    assert "Anaïs Œuvrard" in said
    assert "38 ans · née le lun. 29 févr. 1988" in said
    assert "par Anaïs Œuvrard" in said
    assert "page 1/1" in said


def test_allergies_come_first_with_their_danger_and_who_says_so() -> None:
    said = words(read({Kind.ALLERGIES: SectionContent((PENICILLIN, NICKEL))}))
    assert said.index("Allergies") < said.index("Traitements")
    assert "Pénicilline <G> & dérivés" in said
    assert "Risque : élevé · Gravité de la réaction : sévère" in said
    assert "Renseigné par un professionnel (Dr Noël)" in said
    assert "Déclaré par le patient (Anaïs Œuvrard)" in said


def test_to_have_nothing_is_not_the_same_as_never_filled_in() -> None:
    declared = SectionContent(nothing_declared=PartialDate(text="2026-03"))
    said = words(read({Kind.ALLERGIES: declared}))
    assert "Je n’ai pas d’allergie (déclaré le mars 2026)." in said
    assert said.count("Non renseigné.") == len(SECTIONS) - 1


def test_c4_the_number_is_masked_unless_asked_for() -> None:
    masked, shown = words(read({})).replace(" ", ""), words(read({}, show_nir=True)).replace(" ", "")
    assert NIR not in masked
    assert NIR in shown


def test_a_measure_is_told_with_its_unit() -> None:
    pressure = Measure(measure=None, title="Tension", value=128, value2=82, unit="mm[Hg]")
    assert "Tension : 128/82 mmHg" in words(read({Kind.MEASURES: SectionContent((pressure,))}))


def test_c4_metadata_and_bookmarks_help_the_reader_and_carry_no_script() -> None:
    reader = read({Kind.ALLERGIES: SectionContent((NICKEL,))})
    catalog: Any = reader.trailer["/Root"]
    outline: list[Any] = reader.outline
    assert reader.metadata
    assert reader.metadata.title == "Synthèse de santé de Anaïs Œuvrard"
    assert catalog["/Lang"] == "fr-FR"
    assert [str(entry["/Title"]) for entry in outline][:2] == ["Allergies", "Traitements"]
    raw = render_synthesis(summary({}), FONTS)
    assert b"/JavaScript" not in raw
    assert b"/URI" not in raw


def test_every_font_is_embedded() -> None:
    resources: Any = read({Kind.ALLERGIES: SectionContent((NICKEL,))}).pages[0]["/Resources"]
    assert all("Atkinson" in str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values())


def test_a_long_life_runs_over_many_pages() -> None:
    vaccines = tuple(Vaccine(vaccine=Coded(text=f"Vaccin {n}"), date=PartialDate(text="2020")) for n in range(450))
    reader = read({Kind.VACCINES: SectionContent(vaccines)})
    assert len(reader.pages) > 5
    assert f"page {len(reader.pages)}/{len(reader.pages)}" in words(reader)
    assert "Vaccin 449" in words(reader)
