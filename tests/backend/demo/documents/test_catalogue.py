import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.documents.catalogue import build_documents, find_author
from mes_backend.demo.people import Member
from mes_backend.demo.vaccinations import build_vaccines

Find = Callable[..., list[dict[str, Any]]]


def read(title: str, find: Find) -> str:
    (document,) = [one for one in find("DocumentReference") if one["description"] == title]
    (binary,) = [one for one in find("Binary") if document["content"][0]["attachment"]["url"].endswith(one["id"])]
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(base64.b64decode(binary["data"]))).pages)
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Ordonnance : lévothyroxine 75 µg", "LÉVOTHYROXINE SODIQUE 75 µg"),
        ("Compte rendu opératoire : césarienne", "Apgar 9 puis 10"),
        ("Lettre d’adressage au Dr Benali", "286 UI/mL"),
        ("Attestation de mutuelle", "MARTIN Jeanne"),
        ("Mes directives anticipées", "Monique Dubreuil"),
        ("Explorations fonctionnelles respiratoires", "VEMS / CVF"),
        ("Deuxième certificat de santé (9 mois)", "Tient assise sans appui"),
    ],
)
def test_documents_say_what_their_titles_promise(title: str, words: str, find: Find) -> None:
    assert words in read(title, find)


def test_the_history_of_vaccines_is_that_of_the_record(members: dict[str, Member], calendar: Calendar) -> None:
    vaccines = list(build_vaccines(members["jeanne"], calendar))
    built = list(build_documents(members["jeanne"], calendar, vaccines))
    data = base64.b64decode(built[-1]["data"])
    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert all(vaccine["lotNumber"] in text for vaccine in vaccines)


def test_authors_are_found_by_their_short_name(members: dict[str, Member]) -> None:
    names = [find_author(members["leo"], key).name for key in ("patient", "aubry", "caisse")]
    assert names == ["Léo Martin", "Dr Hélène Aubry", "Caisse d’assurance maladie du Val d’Orle"]
