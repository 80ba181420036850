"""The tops of the sheets: what tells a laboratory from a hospital at a glance, and the block of the patient."""

import math
from typing import Any

from reportlab.lib.colors import white

from mes_backend.demo.calendars import write_french
from mes_backend.demo.documents.sheets import BOLD, COLOURS, GREY, HEIGHT, INK, MARGIN, REGULAR, WIDTH, Sheet
from mes_backend.demo.professionals import POSTCODE, TOWN, Organization, Professional

Line = tuple[str, str, float, Any]
"""Words, font, size in points, colour."""


def write_lines(canvas: Any, x: float, y: float, lines: list[Line], *, right: bool = False) -> None:
    """Lines of text from ``y`` down, starting (or ending when ``right``) at ``x``."""
    for text, font, size, colour in lines:
        canvas.setFont(font, size)
        canvas.setFillColor(colour)
        (canvas.drawRightString if right else canvas.drawString)(x, y, text)
        y -= size * 1.45


def _draw_emblem(canvas: Any, x: float, y: float, colour: Any, *, heart: Any, petals: int) -> None:
    canvas.setFillColor(colour)
    for petal in range(petals):
        angle = 2 * math.pi * petal / petals
        canvas.circle(x + 9 * math.cos(angle), y + 9 * math.sin(angle), 5.5, stroke=0, fill=1)
    canvas.setFillColor(heart)
    canvas.circle(x, y, 4.2, stroke=0, fill=1)


def _describe(place: Organization) -> str:
    return f"{place.street}, {POSTCODE} {TOWN} · Tél. {place.phone}"


def _introduce(sheet: Sheet) -> list[Line]:
    if not isinstance(sheet.author, Professional):
        return []
    return [
        (sheet.author.name, BOLD, 8.5, INK),
        (sheet.author.speciality, REGULAR, 7.5, INK),
        (f"N° RPPS : {sheet.author.rpps}", REGULAR, 7.5, GREY),
    ]


def _draw_practice(canvas: Any, sheet: Sheet, place: Organization, colour: Any) -> None:
    (name, _, _, _), *rest = _introduce(sheet)
    write_lines(canvas, MARGIN, HEIGHT - 52, [(name, BOLD, 13, colour), *rest])
    address = [(line, REGULAR, 8, INK) for line in (place.street, f"{POSTCODE} {TOWN}", f"Tél. {place.phone}")]
    write_lines(canvas, WIDTH - MARGIN, HEIGHT - 52, [(place.name, BOLD, 9.5, colour), *address], right=True)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(1.2)
    canvas.line(MARGIN, HEIGHT - 104, WIDTH - MARGIN, HEIGHT - 104)


def _draw_band(canvas: Any, sheet: Sheet, place: Organization, colour: Any) -> None:
    canvas.setFillColor(colour)
    canvas.rect(0, HEIGHT - 60, WIDTH, 60, stroke=0, fill=1)
    _draw_emblem(canvas, MARGIN + 14, HEIGHT - 31, white, heart=colour, petals=5)
    write_lines(canvas, MARGIN + 40, HEIGHT - 36, [(place.name, BOLD, 14, white)])
    contact = [(_describe(place), REGULAR, 7.5, GREY), (f"FINESS : {place.finess}", REGULAR, 7.5, GREY)]
    write_lines(canvas, MARGIN, HEIGHT - 76, contact)
    write_lines(canvas, WIDTH - MARGIN, HEIGHT - 76, _introduce(sheet), right=True)


def _draw_laboratory(canvas: Any, sheet: Sheet, place: Organization, colour: Any) -> None:
    _draw_emblem(canvas, MARGIN + 14, HEIGHT - 58, colour, heart=white, petals=6)
    words: list[Line] = [
        (place.name, BOLD, 14, colour),
        ("Laboratoire de biologie médicale", REGULAR, 8.5, INK),
        (_describe(place), REGULAR, 7.5, GREY),
    ]
    write_lines(canvas, MARGIN + 42, HEIGHT - 52, words)
    write_lines(canvas, WIDTH - MARGIN, HEIGHT - 52, _introduce(sheet), right=True)
    canvas.setFillColor(colour)
    canvas.rect(MARGIN, HEIGHT - 103, WIDTH - 2 * MARGIN, 2.5, stroke=0, fill=1)


def _draw_office(canvas: Any, sheet: Sheet, place: Organization, colour: Any) -> None:
    canvas.setFillColor(colour)
    canvas.roundRect(MARGIN, HEIGHT - 80, 34, 34, 6, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(BOLD, 18)
    canvas.drawCentredString(MARGIN + 17, HEIGHT - 69.5, place.name[0])
    words: list[Line] = [(place.name, BOLD, 12, colour), (_describe(place), REGULAR, 7.5, GREY)]
    write_lines(canvas, MARGIN + 44, HEIGHT - 60, words)
    write_lines(canvas, WIDTH - MARGIN, HEIGHT - 60, _introduce(sheet), right=True)


def _draw_personal(canvas: Any, sheet: Sheet, colour: Any) -> None:
    write_lines(canvas, MARGIN, HEIGHT - 60, [(sheet.patient.name, BOLD, 13, colour)])
    canvas.setStrokeColor(colour)
    canvas.setDash(1, 3)
    canvas.line(MARGIN, HEIGHT - 78, WIDTH - MARGIN, HEIGHT - 78)
    canvas.setDash()


_LETTERHEADS = {
    "practice": _draw_practice,
    "hospital": _draw_band,
    "imaging": _draw_band,
    "laboratory": _draw_laboratory,
    "administration": _draw_office,
}


def _draw_patient(canvas: Any, sheet: Sheet, colour: Any) -> None:
    patient, top = sheet.patient, HEIGHT - 118
    born, sex = ("Née", "F") if patient.gender == "female" else ("Né", "M")
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.6)
    canvas.roundRect(MARGIN, top - 62, 250, 62, 4, stroke=1, fill=0)
    lines = (
        f"{born} le {write_french(patient.birth)} · sexe {sex}",
        f"Nom de naissance : {patient.birth_name.upper()}",
        f"INS (test) : {patient.nir}",
    )
    words: list[Line] = [(f"{patient.family.upper()} {patient.given}", BOLD, 10, INK)]
    write_lines(canvas, MARGIN + 8, top - 15, [*words, *((line, REGULAR, 7.8, INK) for line in lines)])


def draw_letterhead(canvas: Any, sheet: Sheet) -> None:
    """Letterhead, patient block, addressee, place and day: the upper 190 points of a first page."""
    colour = COLOURS[sheet.kind]
    if sheet.institution:
        _LETTERHEADS[sheet.kind](canvas, sheet, sheet.institution, colour)
    else:
        _draw_personal(canvas, sheet, colour)
    _draw_patient(canvas, sheet, colour)
    write_lines(canvas, 330, HEIGHT - 133, [(line, REGULAR, 8.8, INK) for line in sheet.to])
    place = f"{TOWN}, le {write_french(sheet.day)}"
    write_lines(canvas, 330, HEIGHT - (178 if sheet.to else 133), [(place, REGULAR, 8, GREY)])
