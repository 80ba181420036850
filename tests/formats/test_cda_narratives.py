import pytest

from mes_app.domain.narratives import Block, Item, Paragraph, Run, Table, join_runs
from mes_app.formats.cda import read_cda
from mes_app.formats.cda_narratives import MAX_CELLS, MAX_COLUMNS, MAX_LINES
from tests.formats.clinical_documents import letter, report


def blocks(markup: str) -> tuple[Block, ...]:
    sections = read_cda(letter(markup)).sections
    return sections[0].blocks if sections else ()


def words(markup: str) -> list[str]:
    return [join_runs(block.runs) for block in blocks(markup) if not isinstance(block, Table)]


def grid(markup: str) -> Table:
    (table,) = blocks(f"<table>{markup}</table>")
    assert isinstance(table, Table)
    return table


def test_a_narrative_becomes_headings_paragraphs_tables_and_lists() -> None:
    (section,) = read_cda(report()).sections
    assert section.title == "Biochimie"
    first, table, *items, last = section.blocks
    assert first == Paragraph((Run("Prélèvement "), Run("à jeun", strong=True), Run(".\nConforme.")))
    assert table == Table(
        ("Analyse", "Résultat"), (("Glycémie à jeun", "1,26 g/L"), ("", "7,0 mmol/L")), caption="Sang"
    )
    assert items == [Item((Run("Un"),), 0, 1), Item((Run("Un bis"),), 1), Item((Run("Deux"),), 0, 2)]
    assert last == Paragraph((Run("Débit en m², la norme (https://example.org/norme), ce lien"),))


def test_text_between_the_blocks_is_kept_in_its_place() -> None:
    assert words("avant<paragraph>dedans</paragraph>après<br/><br/>fin") == ["avant", "dedans", "après\n\nfin"]
    assert words("<content>un<paragraph>deux</paragraph></content>") == ["un", "deux"]
    assert words("  \n ") == []


def test_sections_inside_sections_say_how_deep_they_are() -> None:
    inner = "<component><section><title>Dedans</title></section></component>"
    data = letter("Dehors").replace(b"</section>", inner.encode() + b"</section>", 1)
    assert [(section.title, section.depth) for section in read_cda(data).sections] == [("", 0), ("Dedans", 1)]


def test_cells_that_span_leave_the_grid_straight() -> None:
    table = grid(
        '<tr><td rowspan="3">a</td><td colspan="2">b</td></tr>'
        '<tr><td>c</td><td rowspan="2">d</td></tr><tr><td>e</td></tr>'
    )
    assert table.rows == (("a", "b", ""), ("", "c", "d"), ("", "e", ""))


def test_a_list_or_a_table_in_a_cell_is_read_as_lines() -> None:
    assert grid("<tr><td><list><item>x</item><item>y</item></list></td></tr>").rows == (("x\ny",),)
    assert grid("<tr><td><table><tr><td>x</td><td>y</td></tr></table></td></tr>").rows == (("x · y",),)


@pytest.mark.parametrize("span", ["999999999", "-1", "0", "x", "²", "1.5"])
def test_a_span_of_any_size_makes_no_table_without_end(span: str) -> None:
    table = grid(f'<tr><td colspan="{span}" rowspan="{span}">a</td></tr><tr><td>b</td></tr>')
    assert len(table.rows) == 2
    assert len(table.rows[0]) <= MAX_COLUMNS


def test_a_table_has_no_more_cells_than_a_screen_can_hold() -> None:
    table = grid(f'<tr><td colspan="{MAX_COLUMNS}">a</td></tr>' * MAX_CELLS)
    assert sum(map(len, table.rows)) <= MAX_CELLS


def test_lists_and_styles_as_deep_as_a_document_may_be_are_read() -> None:
    assert words("<list><item>" * 40 + "fond" + "</item></list>" * 40)[-1] == "fond"
    assert words("<content>" * 80 + "fond" + "</content>" * 80) == ["fond"]


@pytest.mark.parametrize(
    "markup", ["<paragraph>a</paragraph>", "<table><tr><td>a</td></tr></table>", "<list><item>a</item></list>"]
)
def test_a_narrative_longer_than_a_screen_can_draw_is_cut_and_says_so(markup: str) -> None:
    found = read_cda(letter(markup * (MAX_LINES + 10)))
    assert (found.cut, len(found.sections[0].blocks)) == (True, MAX_LINES - 1)
    assert not read_cda(letter(markup)).cut


def test_a_long_table_shows_its_first_rows() -> None:
    long = read_cda(
        letter("<paragraph>a</paragraph>" * (MAX_LINES - 11) + "<table>" + "<tr><td>a</td></tr>" * 20 + "</table>")
    )
    table = long.sections[0].blocks[-1]
    assert isinstance(table, Table)
    assert (long.cut, len(table.rows)) == (True, 10)
