"""The report of a medical laboratory: tables of results with reference ranges, earlier results and marks."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from reportlab.platypus import Paragraph

from mes_backend.demo.documents.markups import make_small_print, make_table, make_title
from mes_backend.demo.documents.sheets import Body, style, write_hex


@dataclass(frozen=True)
class Analyte:
    """What is measured: French name, panel, LOINC code, unit as printed and in UCUM, reference range."""

    key: str
    name: str
    panel: str
    loinc: str
    unit: str
    ucum: str
    low: float | None = None
    high: float | None = None

    def is_out_of_range(self, value: float) -> bool:
        """Whether the laboratory marks this value."""
        return (self.low is not None and value < self.low) or (self.high is not None and value > self.high)

    @property
    def range_text(self) -> str:
        """The reference range as printed."""
        match self.low, self.high:
            case None, None:
                return ""
            case None, high:
                return f"≤ {write_number(high)}"
            case low, None:
                return f"≥ {write_number(low)}"
        return f"{write_number(self.low)} à {write_number(self.high)}"


@dataclass(frozen=True)
class Result:
    """One value of a report, with the earlier one when there is one."""

    analyte: Analyte
    value: float
    earlier: tuple[float, date] | None = None


def write_number(value: float | None) -> str:
    """A number with a French decimal comma."""
    return "" if value is None else f"{value:g}".replace(".", ",")


def _make_row(result: Result) -> list[str]:
    analyte, value = result.analyte, write_number(result.value)
    shown = f"<b>{value} *</b>" if analyte.is_out_of_range(result.value) else value
    earlier = f"{write_number(result.earlier[0])} ({result.earlier[1]:%d/%m/%Y})" if result.earlier else "–"
    return [analyte.name, shown, analyte.unit, analyte.range_text, earlier]


def make_report(
    results: list[Result], *, sampled: str, prescriber: str, comment: str = "", partial: bool = False
) -> Body:
    """The body of a laboratory report; ``sampled`` says when, in words."""

    def body(colour: Any) -> list[Any]:
        story = make_title("Résultats d’examens de biologie médicale", colour)
        story.append(make_small_print(f"Prélèvement : {sampled} · Prescripteur : {prescriber} · Nature : sang veineux"))
        if partial:
            story.append(Paragraph("<b>RÉSULTATS PARTIELS</b> – le compte rendu complet suivra.", style(9, after=6)))
        for panel, group in groupby(results, key=lambda result: result.analyte.panel):
            story.append(Paragraph(panel, style(10, bold=True, after=2, colour=write_hex(colour))))
            head = ["Examen", "Résultat", "Unité", "Référence", "Antériorité"]
            rows = [head, *(_make_row(result) for result in group)]
            story.append(make_table(rows, colour, [3.2, 1.3, 1.3, 2.1, 2.5]))
        if comment:
            story.append(Paragraph(f"<b>Commentaire du biologiste.</b> {comment}", style(9, after=6)))
        story.append(
            make_small_print(
                "* Résultat en dehors des valeurs de référence, à interpréter par le médecin prescripteur."
            )
        )
        return story

    return body
