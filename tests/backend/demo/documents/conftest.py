"""A sheet ready to print, and what a reader finds in a PDF."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from mes_backend.demo.documents.pages import make_pdf
from mes_backend.demo.documents.sheets import Author, Body, Sheet
from mes_backend.demo.people import Member

Print = Callable[..., str]


@pytest.fixture
def print_text(members: dict[str, Member]) -> Print:
    """The words of the printed sheet of an author with this body."""

    def read(author: Author, body: Body, *, title: str = "Essai", to: tuple[str, ...] = ()) -> str:
        data = make_pdf(Sheet(title, members["camille"], author, date(2026, 11, 20), body, to))
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)

    return read
