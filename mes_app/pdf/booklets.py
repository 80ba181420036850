"""The health booklet of a child on paper: cover, growth, examinations, vaccines, teeth, and the pages that are filled.

It tells what was noted and what a calendar says: no place between lines is judged, and nothing is advised.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer, Table

from mes_app import i18n
from mes_app.domain.booklets import Booklet, PrintedBooklet
from mes_app.domain.growth import Child
from mes_app.domain.people import age_on
from mes_app.domain.prevention import PreventionItem, Topic, group_topics
from mes_app.domain.prevention_rules import PreventionKind
from mes_app.domain.sections.teeth import Tooth
from mes_app.i18n import t
from mes_app.i18n.growth import growth_age
from mes_app.i18n.prevention import prevention_state
from mes_app.pdf import layout
from mes_app.pdf.booklet_pages import draw_page
from mes_app.pdf.growth_drawings import draw_curves
from mes_app.pdf.synthesis import draw_heading
from mes_app.pdf.tables import draw_lines
from mes_app.pdf.wordings import Line

_COVER = layout.style("cover", fontName=layout.BOLD, fontSize=30, leading=36)
_LEAD = layout.style("lead", fontSize=13, leading=19)


def render_booklet(printed: PrintedBooklet, fonts: Path) -> bytes:
    """The PDF of one booklet, A4; ``fonts`` is the folder of our TTF files."""
    layout.register_fonts(fonts)
    name, moment = printed.booklet.profile.name, i18n.moment(printed.made_at)
    front = layout.Front(
        title=t("booklet.pdf.document_title", name=name),
        author=printed.made_by,
        language=t("synthesis.language"),
        running=t("booklet.pdf.running", name=name, moment=moment),
        colour=printed.booklet.profile.colour,
    )
    return layout.build_document(front, [*_draw_cover(printed, moment), PageBreak(), *_draw_parts(printed)])


def _draw_cover(printed: PrintedBooklet, moment: str) -> Iterator[Flowable]:
    profile = printed.booklet.profile
    yield Spacer(1, 70 * mm)
    yield Paragraph(t("booklet.title"), _LEAD)
    yield Paragraph(escape(profile.name), _COVER)
    yield Spacer(1, 4 * mm)
    if profile.birth:
        yield Paragraph(escape(t(f"synthesis.born_{profile.sex}", date=i18n.partial(profile.birth.text))), _LEAD)
    yield Spacer(1, 60 * mm)
    yield Paragraph(escape(t("booklet.pdf.made", moment=moment, author=printed.made_by)), layout.SMALL)
    yield Paragraph(t("booklet.pdf.caution"), layout.SMALL)
    yield Paragraph(t("growth.source"), layout.SMALL)


def _draw_parts(printed: PrintedBooklet) -> Iterator[Flowable]:
    booklet = printed.booklet
    colour = HexColor(booklet.profile.colour)
    yield from draw_heading("growth", t("booklet.growth"), colour)
    yield from _draw_growth(booklet, booklet.child, colour) if booklet.child else [_say("booklet.pdf.no_child")]
    yield from draw_heading("exams", t("booklet.pdf.exams"), colour)
    yield from draw_lines(_list_exams(booklet.prevention))
    yield from draw_heading("vaccines", t("booklet.vaccines"), colour)
    yield from draw_lines(_list_vaccines(booklet.prevention))
    yield Paragraph(t("prevention.told"), layout.SMALL)
    yield from draw_heading("teeth", t("booklet.teeth"), colour)
    yield from _draw_teeth(booklet.teeth)
    yield from draw_heading("pages", t("booklet.pages"), colour)
    filled = [page for page in booklet.pages if page.is_filled]
    for page in filled:
        yield from draw_page(page, printed.pictures)
    if not filled:
        yield _say("booklet.pdf.no_pages")


def _say(words: str) -> Flowable:
    return Paragraph(t(words), layout.BODY)


def _draw_growth(booklet: Booklet, child: Child, colour: HexColor) -> Iterator[Flowable]:
    """The curves, whose they are, and the values that they are made of."""
    yield from draw_curves(booklet.curves, child, colour)
    yield Paragraph(f"{t('growth.source')} {t('growth.lines')}", layout.SMALL)
    yield Spacer(1, 8)
    yield from _draw_values(booklet)


def _draw_values(booklet: Booklet) -> Iterator[Flowable]:
    """A line for each day, a column for each measure."""
    by_day: dict[str, dict[str, str]] = {}
    for curve in booklet.curves:
        for point in curve.points:
            lived = age_on(point.since, point.day)
            age = growth_age(lived.years, lived.months, point.age)
            told = t("growth.corrected", age=age) if point.corrected else age
            row = by_day.setdefault(point.day.isoformat(), {"age": told})
            row[curve.measure] = i18n.quantity(round(point.value, 2), curve.unit)
    if not by_day:
        yield _say("booklet.pdf.no_values")
        return
    names = [t(f"growth.name_{curve.measure}") for curve in booklet.curves]
    head = [t("booklet.pdf.date"), t("booklet.pdf.age"), *names]
    rows = [
        [i18n.partial(day), row["age"], *(row.get(curve.measure, "") for curve in booklet.curves)]
        for day, row in sorted(by_day.items())
    ]
    yield _make_table(head, rows)


def _make_table(head: list[str], rows: list[list[str]]) -> Table:
    """Its head again on each page."""
    cells = [
        [Paragraph(f"<b>{escape(words)}</b>", layout.SMALL) for words in head],
        *([Paragraph(escape(words), layout.SMALL) for words in row] for row in rows),
    ]
    widths = [layout.WIDTH * share for share in (0.22, 0.18, 0.15, 0.15, 0.15, 0.15)]
    table = Table(cells, colWidths=widths, repeatRows=1)
    everywhere = ((0, 0), (-1, -1))
    table.setStyle(
        [
            ("FONTNAME", *everywhere, layout.REGULAR),
            ("VALIGN", *everywhere, "TOP"),
            ("LEFTPADDING", *everywhere, 0),
            ("TOPPADDING", *everywhere, 2),
            ("BOTTOMPADDING", *everywhere, 3),
            ("LINEBELOW", *everywhere, 0.5, layout.RULE),
        ]
    )
    return table


def _list_exams(items: Iterable[PreventionItem]) -> Iterator[Line]:
    for item in items:
        if item.kind is PreventionKind.EXAMS:
            yield Line(item.title, when=prevention_state(item.state, item.due, item.done))


def _list_vaccines(items: Iterable[PreventionItem]) -> Iterator[Line]:
    """One line for each subject, its doses one after the other."""
    topics = group_topics(item for item in items if item.kind is PreventionKind.VACCINES)
    return (Line(topic.subject, _tell_steps(topic), when=_tell(topic.main)) for topic in topics)


def _tell_steps(topic: Topic) -> str:
    steps = [item for item in topic.items if item.rule.step]
    return " · ".join(t("prevention.step", step=item.rule.step, state=_tell(item)) for item in steps)


def _tell(item: PreventionItem) -> str:
    return prevention_state(item.state, item.due, item.done)


def _draw_teeth(teeth: tuple[Tooth, ...]) -> Iterator[Flowable]:
    """Those that were noted, the first that came out first."""
    if not teeth:
        yield _say("booklet.teeth_none")
        return
    yield from draw_lines(_tell_tooth(tooth) for tooth in sorted(teeth, key=_find_day))
    yield Paragraph(t("booklet.pdf.teeth_hint"), layout.SMALL)


def _find_day(tooth: Tooth) -> str:
    known = tooth.since or tooth.until
    return known.key if known else ""


def _tell_tooth(tooth: Tooth) -> Line:
    since = t("booklet.jaws.out", day=i18n.partial(tooth.since.text)) if tooth.since else ""
    until = t("booklet.jaws.fallen", day=i18n.partial(tooth.until.text)) if tooth.until else ""
    return Line(tooth.tooth.text, tooth.note or "", since, until)
