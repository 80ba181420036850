from collections.abc import Callable

from mes_backend.demo.documents.prescriptions import Line, make_prescription
from mes_backend.demo.professionals import list_professionals


def test_a_prescription_numbers_its_lines_and_tells_each_dosage(print_text: Callable[..., str]) -> None:
    lines = [Line("PARACÉTAMOL 1 g", "1 comprimé si douleur", "Pendant 5 jours."), Line("SÉRUM", "Matin et soir")]
    text = print_text(list_professionals()["aubry"], make_prescription(lines, "Ordonnance", "Appeler le 15."))
    for word in ("1. PARACÉTAMOL 1 g", "1 comprimé si douleur", "Pendant 5 jours.", "2. SÉRUM", "Appeler le 15."):
        assert word in " ".join(text.split())
    assert "2 ligne(s)" in text
