from mes_app.pdf.tables import ROWS_PER_TABLE, draw_lines
from mes_app.pdf.wordings import Line


def test_many_lines_are_drawn_in_tables_that_a_page_can_break() -> None:
    lines = [Line(f"Document {number}", "<b>", "2026", "Dr Noël") for number in range(ROWS_PER_TABLE + 1)]
    assert len(list(draw_lines(lines))) == 2
    assert len(list(draw_lines(lines[:1], alarming=True))) == 1
    assert list(draw_lines([])) == []
