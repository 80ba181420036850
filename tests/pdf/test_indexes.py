import io
from pathlib import Path

from pypdf import PdfReader

from mes_app.domain.dossiers import Dossier
from mes_app.pdf.indexes import render_index
from tests.pdf.dossiers import HOSTILE, NAME, NIR, build_dossier

FONTS = Path(__file__).parents[2] / "assets" / "fonts"


def words(dossier: Dossier) -> str:
    reader = PdfReader(io.BytesIO(render_index(dossier, FONTS)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_the_index_says_what_is_there_by_category_then_the_profile_then_the_agenda() -> None:
    said = words(build_dossier())
    assert NAME in said
    assert NIR not in said.replace(" ", "")
    assert said.index("Comptes rendus") < said.index("Résultats de biologie") < said.index("Autres documents")
    assert "Masqué aux professionnels" in said
    assert "Non inclus : le serveur n’a pas répondu." in said
    assert HOSTILE in said
    assert said.index("Profil de santé") < said.index("Allergies") < said.rindex("Rendez-vous")
    assert "mar. 1 déc. 2026 à 09:00" in said


def test_the_index_of_nothing_says_so() -> None:
    said = words(Dossier(build_dossier().summary))
    assert "Aucun document." in said
    assert "Aucun rendez-vous." in said
