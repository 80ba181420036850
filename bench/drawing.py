"""The synthesis of a full profile, against reportlab writing the same words without any layout."""

import io
from pathlib import Path

from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.figures import Figure, compare
from bench.vaults import new_carnets

FONT = Path(__file__).parent.parent / "assets" / "fonts" / "AtkinsonNext-Regular.ttf"


async def measure() -> Figure:
    """Five rounds of each, on the demonstration parent."""
    async with new_carnets() as carnets:
        session = await carnets.demonstration.open()
        holder = (await session.profiles.list())[0]
        made = await session.synthesis.make(holder.pid)
        pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(made.data)).pages]

        async def write_plainly() -> None:
            _write(pages)

        return await compare(
            f"synthesis of {len(pages)} pages", lambda: session.synthesis.make(holder.pid), write_plainly, rounds=5
        )


def _write(pages: list[list[str]]) -> None:
    registerFont(TTFont("Plain", io.BytesIO(FONT.read_bytes())))
    canvas = Canvas(io.BytesIO())
    for lines in pages:
        canvas.setFont("Plain", 9)
        for number, line in enumerate(lines):
            canvas.drawString(40, 800 - 9 * number, line)
        canvas.showPage()
    canvas.save()
