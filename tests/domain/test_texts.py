from mes_app.domain.texts import clean_line, clean_paragraph


def test_a_line_has_single_spaces_and_nothing_unseen() -> None:
    assert clean_line("  Noix\u202e de\tcajou\x00 \n") == "Noix de cajou"


def test_a_paragraph_keeps_its_lines() -> None:
    assert clean_paragraph("\r\n le matin\r\nle soir\u2066 \n") == "le matin\nle soir"
