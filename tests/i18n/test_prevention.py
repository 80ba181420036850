"""Where something of prevention stands, in words."""

from datetime import date

import pytest

from mes_app.i18n.prevention import prevention_state

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("state", "due", "done", "words"),
    [
        ("late", DAY, None, "à vérifier : prévu à partir du ven. 20 nov. 2026"),
        ("due", DAY, None, "depuis le ven. 20 nov. 2026"),
        ("soon", DAY, None, "à partir du ven. 20 nov. 2026"),
        ("later", DAY, None, "à partir du ven. 20 nov. 2026"),
        ("later", DAY, "2024", "fait : 2024, de nouveau à partir du ven. 20 nov. 2026"),
        ("later", DAY, "", "fait, date inconnue, de nouveau à partir du ven. 20 nov. 2026"),
        ("done", None, "2019-05", "fait : mai 2019"),
        ("done", None, "", "fait, date inconnue"),
        ("over", None, None, "non renseigné, sa période est passée"),
        ("not_for_me", None, None, "ne concerne pas cette personne"),
    ],
)
def test_a_state_is_told_with_its_day(state: str, due: date | None, done: str | None, words: str) -> None:
    assert prevention_state(state, due, done).replace("\u00a0", " ") == words
