from reportlab.lib.colors import HexColor
from reportlab.platypus import KeepTogether, Paragraph, Table

from mes_backend.demo.documents.markups import make_small_print, make_story, make_table, make_title

TEAL = HexColor("#0f5c63")


def test_each_mark_makes_its_block() -> None:
    story = make_story("Bonjour\n- un\n- deux\n> important\n| A | B |\n| 1 | 2 |", TEAL)
    assert [type(block) for block in story] == [Paragraph, Paragraph, Paragraph, Table, Table]
    assert story[1].bulletText == "•"


def test_a_heading_stays_with_what_follows() -> None:
    (kept,) = make_story("## Motif\nFièvre", TEAL)
    assert isinstance(kept, KeepTogether)


def test_titles_tables_and_small_print_keep_their_words() -> None:
    assert make_title("Essai", TEAL)[0].getPlainText() == "Essai"
    assert make_small_print("* note").getPlainText() == "* note"
    table = make_table([["A", "B"], ["1", "2"]], TEAL, [1, 3])
    assert table._colWidths[1] == 3 * table._colWidths[0]
