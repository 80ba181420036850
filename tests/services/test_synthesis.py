import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sections.professionals import Professional
from mes_app.errors import Rejected
from mes_app.services.session import Session
from tests.services.family import document, of_mother, pdf, tell


def test_the_synthesis_says_what_matters_and_masks_the_number(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        content = await session.synthesis.make(family[0].pid)
        words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content.data)).pages)
        assert "Anaïs Martin" in words
        assert "Pénicilline" in words
        assert "Pollen" not in words
        assert "288077512345622" not in words.replace(" ", "")
        assert (await session.documents.preview(content)).pages >= 1
        assert (await session.documents.render_page(content, 0, 200)).startswith(b"\x89PNG")

    tell(tmp_path, story)


def test_the_synthesis_of_nobody_is_refused(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        with pytest.raises(Rejected):
            await session.synthesis.make("nobody")

    tell(tmp_path, story)


def test_z2_a_hidden_document_is_not_in_the_synthesis_that_is_shown_to_others(tmp_path: Path) -> None:
    hidden = {"securityLabel": [{"coding": [{"code": "MASQUE_PS"}]}], "type": {"coding": [{"code": "11502-2"}]}}
    more = document(5, "Secretissime", pdf("Secretissime"), "application/pdf", **hidden)
    reason = of_mother("Condition", "c", code={"text": "Asthme"})

    async def story(session: Session, family: list[Profile]) -> None:
        content = await session.synthesis.make(family[0].pid)
        words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content.data)).pages)
        assert "Asthme" in words
        assert "Secretissime" not in words

    tell(tmp_path, story, more=[*more, reason])


def test_a_professional_whom_the_person_noted_is_in_the_synthesis(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        garcia = Professional(name="Dr Inès Garcia", speciality="Orthophoniste", rpps="99700218896", regular=True)
        await session.editing.add(pid, garcia, Kind.PROFESSIONALS)
        content = await session.synthesis.make(pid)
        words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content.data)).pages)
        assert "Dr Inès Garcia" in words
        assert "99700218896" in words

    tell(tmp_path, story)


def test_a_measure_is_told_in_the_unit_of_its_person(tmp_path: Path) -> None:
    async def story(session: Session, family: list[Profile]) -> None:
        pid = family[0].pid
        await session.measures.choose_unit(pid, "weight", "g")
        content = await session.synthesis.make(pid)
        words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content.data)).pages)
        assert re.search(r"62\s000\sg", words)

    tell(tmp_path, story)
