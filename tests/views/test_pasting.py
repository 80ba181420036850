from mes_app.views.forms.pasting import is_pasted


def test_what_comes_at_once_was_pasted_and_what_comes_by_figures_was_typed() -> None:
    assert is_pasted("", "3400930000007")
    assert is_pasted("34", "343400930000007")
    assert not is_pasted("340093000000", "3400930000007")
    assert not is_pasted("3400930000007", "")
