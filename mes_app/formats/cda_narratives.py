"""The narrative of a clinical document into blocks. Links become text; pictures and what was struck out go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from xml.etree.ElementTree import Element

from mes_app.domain.narratives import Block, Item, Paragraph, Run, Section, Table, join_runs
from mes_app.domain.texts import UNSEEN
from mes_app.formats.hl7_values import inner_text

MAX_COLUMNS = 40
MAX_CELLS = 20_000
MAX_LINES = 1_500
"""Blocks, rows of tables and headings of one document: more would stop the screen that draws them."""
_ABOVE = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_BLOCKS = {"paragraph", "list", "table"}
_SPACES = " \t\r\n"


@dataclass(frozen=True, slots=True)
class _Style:
    strong: bool = False
    emphasised: bool = False
    raised: bool = False


def read_sections(body: Element, depth: int = 0) -> Iterator[Section]:
    """The sections of ``body`` in reading order, each with its depth; those with neither heading nor text are left."""
    for component in body.findall("component"):
        for section in component.findall("section"):
            text = section.find("text")
            blocks = () if text is None else tuple(_read_blocks(text))
            title = inner_text(section.find("title"))
            if title or blocks:
                yield Section(title, blocks, depth)
            yield from read_sections(section, depth + 1)


def cut_sections(sections: Iterable[Section]) -> tuple[tuple[Section, ...], bool]:
    """``sections`` up to MAX_LINES, and whether that left something out."""
    kept: list[Section] = []
    left = MAX_LINES
    for section in sections:
        blocks: list[Block] = []
        left -= 1
        for block in section.blocks:
            lines = max(len(block.rows), 1) if isinstance(block, Table) else 1
            if lines > left:
                shown = [replace(block, rows=block.rows[:left])] if isinstance(block, Table) and left > 0 else []
                return (*kept, replace(section, blocks=(*blocks, *shown))), True
            left -= lines
            blocks.append(block)
        kept.append(section)
        if left <= 0:
            return tuple(kept), True
    return tuple(kept), False


def _read_blocks(node: Element, depth: int = 0) -> Iterator[Block]:
    """The blocks of a ``text`` or of what holds blocks; text between them is a paragraph."""
    loose: list[Run] = _runs_of(node.text, _Style())
    for child in node:
        if _holds_blocks(child):
            yield from _paragraph(loose)
            loose = []
            yield from _read_block(child, depth)
        else:
            loose += _read_inline(child, _Style())
        loose += _runs_of(child.tail, _Style())
    yield from _paragraph(loose)


def _holds_blocks(node: Element) -> bool:
    """Whether ``node`` is a block or holds one."""
    return any(inner.tag in _BLOCKS for inner in node.iter())


def _read_block(node: Element, depth: int) -> Iterator[Block]:
    if node.tag == "paragraph" and not any(map(_holds_blocks, node)):
        yield from _paragraph(_read_children(node, _Style()))
    elif node.tag == "list":
        yield from _read_list(node, depth)
    elif node.tag == "table":
        yield from _read_table(node)
    else:
        yield from _read_blocks(node, depth)


def _paragraph(runs: list[Run]) -> Iterator[Paragraph]:
    if tidy := _tidy(runs):
        yield Paragraph(tidy)


def _read_list(node: Element, depth: int) -> Iterator[Block]:
    yield from _paragraph([replace(run, strong=True) for run in _caption_runs(node)])
    ordered = node.get("listType") == "ordered"
    for rank, item in enumerate(node.findall("item"), start=1):
        inner = list(_read_blocks(item, depth + 1))
        first, *others = inner or [Paragraph(())]
        if isinstance(first, Paragraph):
            yield Item(first.runs, depth, rank if ordered else 0)
        else:
            yield first
        yield from others


def _read_table(node: Element) -> Iterator[Block]:
    """A table whose cells that span several columns or rows are followed by empty ones."""
    head = _read_grid([row for part in node.findall("thead") for row in part.findall("tr")])
    body = [row for part in node.findall("tbody") for row in part.findall("tr")] + node.findall("tr")
    foot = [row for part in node.findall("tfoot") for row in part.findall("tr")]
    rows = _read_grid([*body, *foot])
    width = max((len(row) for row in [*head, *rows]), default=0)
    header = tuple(" ".join(filter(None, cells)) for cells in zip_longest(*head, fillvalue="")) if head else ()
    if width:
        caption = join_runs(_caption_runs(node))
        yield Table(_pad(header, width) if header else (), tuple(_pad(row, width) for row in rows), caption)


def _read_grid(rows: list[Element]) -> list[tuple[str, ...]]:
    grid: list[tuple[str, ...]] = []
    below: dict[int, int] = {}
    for row in rows[: MAX_CELLS // MAX_COLUMNS]:
        line: list[str] = []
        for cell in (found for found in row if found.tag in ("td", "th")):
            _skip_spanned(line, below)
            if len(line) >= MAX_COLUMNS:
                break
            wide, high = (_span(cell, name) for name in ("colspan", "rowspan"))
            below.update(dict.fromkeys(range(len(line), len(line) + wide), high - 1))
            line += [_cell_text(cell), *[""] * (wide - 1)]
        _skip_spanned(line, below)
        grid.append(tuple(line[:MAX_COLUMNS]))
    return grid


def _skip_spanned(line: list[str], below: dict[int, int]) -> None:
    """Leave the places that cells of rows above still fill."""
    while below.get(len(line), 0) > 0 and len(line) < MAX_COLUMNS:
        below[len(line)] -= 1
        line.append("")


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), MAX_COLUMNS) if value.isdecimal() and value.isascii() and value != "0" else 1


def _cell_text(cell: Element) -> str:
    lines: list[str] = []
    for block in _read_blocks(cell):
        if isinstance(block, Table):
            lines += [" · ".join(filter(None, row)) for row in (block.header, *block.rows)]
        else:
            lines.append(join_runs(block.runs))
    return "\n".join(line for line in lines if line)


def _pad(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _caption_runs(node: Element) -> tuple[Run, ...]:
    caption = node.find("caption")
    return () if caption is None else _tidy(_read_children(caption, _Style()))


def _read_children(node: Element, style: _Style) -> list[Run]:
    runs = _runs_of(node.text, style)
    for child in node:
        runs += _read_inline(child, style)
        runs += _runs_of(child.tail, style)
    return runs


def _read_inline(node: Element, style: _Style) -> list[Run]:
    if node.tag == "br":
        return [Run("\n")]
    if node.tag in ("caption", "renderMultiMedia") or node.get("revised") == "delete":
        return []
    styles = node.get("styleCode", "").lower().split()
    inner = _Style(
        strong=style.strong or "bold" in styles or node.tag == "th",
        emphasised=style.emphasised or "italics" in styles or "underline" in styles,
        raised=node.tag == "sup",
    )
    runs = _read_children(node, inner)
    return [*runs, *_address_of(node, runs)]


def _address_of(node: Element, runs: list[Run]) -> list[Run]:
    """The address of a link to a page, where its words do not say it."""
    address = node.get("href", "") if node.tag == "linkHtml" else ""
    shown = address.startswith(("https://", "http://")) and address not in join_runs(runs)
    return [Run(f" ({address})")] if shown else []


def _runs_of(text: str | None, style: _Style) -> list[Run]:
    """``text`` with each stretch of white space as one space."""
    if not text:
        return []
    words = " ".join(UNSEEN.sub("", text).split())
    before = " " if text[0] in _SPACES else ""
    after = " " if words and text[-1] in _SPACES else ""
    words = words.translate(_ABOVE) if style.raised else words
    return [Run(before + words + after, style.strong, style.emphasised)]


def _tidy(runs: list[Run] | tuple[Run, ...]) -> tuple[Run, ...]:
    """``runs`` with no space doubled or at an edge, neighbours of one weight as one."""
    tidy: list[Run] = []
    for run in runs:
        text = run.text
        if not tidy or tidy[-1].text[-1] in " \n":
            text = text.lstrip(" ")
        if not text:
            continue
        if tidy and text[0] == "\n":
            tidy[-1] = replace(tidy[-1], text=tidy[-1].text.rstrip(" "))
        if tidy and (tidy[-1].strong, tidy[-1].emphasised) == (run.strong, run.emphasised):
            tidy[-1] = replace(tidy[-1], text=tidy[-1].text + text)
        else:
            tidy.append(replace(run, text=text))
    return _strip_edges([run for run in tidy if run.text])


def _strip_edges(runs: list[Run]) -> tuple[Run, ...]:
    while runs and not runs[0].text.strip():
        runs.pop(0)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(runs)
