"""The prescription a doctor hands over: one numbered line per medicine or act, its dosage under it."""

from dataclasses import dataclass
from typing import Any

from reportlab.platypus import KeepTogether, Paragraph, Spacer

from mes_backend.demo.documents.markups import make_small_print, make_title
from mes_backend.demo.documents.sheets import Body, style


@dataclass(frozen=True)
class Line:
    """One line: what, how to take it, how long."""

    what: str
    how: str
    long: str = ""


def make_prescription(lines: list[Line], title: str, note: str = "") -> Body:
    """The body of a prescription, in the layout of an ordonnance."""

    def body(colour: Any) -> list[Any]:
        story = make_title(title, colour)
        for number, line in enumerate(lines, 1):
            parts = [
                Paragraph(f"{number}.  {line.what}", style(11, bold=True, after=2)),
                Paragraph(line.how, style(10, after=2, left=20)),
            ]
            if line.long:
                parts.append(Paragraph(f"<i>{line.long}</i>", style(10, after=2, left=20)))
            story.append(KeepTogether([*parts, Spacer(1, 11)]))
        if note:
            story.append(Paragraph(note, style(9.4, after=6)))
        story.append(make_small_print(f"{len(lines)} ligne(s) prescrite(s). Aucune rature. Ne pas réutiliser."))
        return story

    return body
