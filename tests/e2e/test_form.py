"""One form as a screen reader finds it: refused, corrected, saved and taken back with the keyboard alone."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.e2e.app import run_app
from tests.e2e.browser import DESKTOP, PATIENCE, PHONE, Screen, open_browser
from tests.e2e.test_keyboard import arrive, focused, press

FORM = """
- heading "Nouvelle allergie" [level=1]
- button "Enregistrer"
- group:
  - textbox "Allergie"
  - text: Aliment, médicament, pollen, animal, matière…
  - group "Risque (facultatif)":
    - radiogroup:
      - radio "Élevé"
      - radio "Faible"
      - radio "Non évalué"
  - text: Ce qui pourrait arriver la prochaine fois.
  - group "Gravité de la réaction (facultatif)":
    - radiogroup:
      - radio "Sévère"
      - radio "Modérée"
      - radio "Légère"
  - text: La plus forte réaction connue.
  - textbox "Réactions (facultatif)"
  - text: Un élément par ligne.
  - group "Depuis (facultatif)":
    - textbox "Jour"
    - textbox "Mois"
    - textbox "Année"
"""
"""What is on a phone at first: all of it has a name, what may be left says so, and what helps comes after."""
CHOICE = (("Kiwi", "Enter"),)
"""What is proposed below the first field comes after it, and gives the focus back."""
WALK = (
    ("Élevé", "Space"),
    ("Sévère", "Space"),
    ("Réactions (facultatif)", "Urticaire"),
    ("Jour", "3"),
    ("Mois", "5"),
    ("Année", "2019"),
    ("Aujourd’hui", ""),
    ("Actuelle", ""),
    ("Commentaire (facultatif)", "Au goûter"),
    ("Relier à…", ""),
)
"""What the Tab key reaches after the first field, one after the other, and what is typed there."""
KEYS = ("Space", "Enter")
NAMELESS = re.compile(r"^\s*- (button|textbox|radio|switch|combobox|checkbox|link)(?: \[.*\])?:?$", re.MULTILINE)
MISSING = "Une information manque. Complétez ce champ et recommencez."
IN_SIGHT = """() => {
    const place = document.activeElement.closest("input, textarea, flt-semantics").getBoundingClientRect();
    const middle = (place.top + place.bottom) / 2;
    return middle > 0 && middle < window.innerHeight;
}"""


def await_focus(screen: Screen, name: str) -> None:
    """Wait until the focus has been moved to ``name``, and that is in sight but for its rim."""
    for _ in range(PATIENCE // 50):
        if focused(screen) == name and screen.page.evaluate(IN_SIGHT):
            return
        screen.page.wait_for_timeout(50)
    raise AssertionError(f"the focus is on {focused(screen)!r}")


def walk(screen: Screen, steps: Sequence[tuple[str, str]]) -> None:
    """Press Tab once for each of ``steps``, and the key or the words that go there."""
    for name, typed in steps:
        screen.page.keyboard.press("Tab")
        await_focus(screen, name)
        if typed in KEYS:
            screen.page.keyboard.press(typed)
        elif typed:
            screen.write(typed)


@pytest.mark.browser
@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop", marks=pytest.mark.soak)]
)
def test_a_form_is_walked_through_filled_saved_and_taken_back_with_the_keyboard_alone(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    nothing = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'no-bus'}"}
    with open_browser() as browser, run_app(tmp_path, {**os.environ, **nothing}) as app:
        screen = Screen(browser, app.address, size)
        press(screen, "Essayer la démonstration")
        arrive(screen, "Aujourd’hui")
        press(screen, "Santé")
        arrive(screen, "Traitements")
        press(screen, "Allergies")
        arrive(screen, "Nickel")
        press(screen, "Ajouter")
        arrive(screen, "Nouvelle allergie")
        if size == PHONE:
            assert FORM in screen.tree() + "\n"
        assert not NAMELESS.findall(screen.tree())
        press(screen, "Enregistrer")
        await_focus(screen, f"Allergie {MISSING}")
        screen.see("À corriger : Allergie.")
        screen.write("Kiw")
        screen.see("Kiwi")
        walk(screen, CHOICE)
        await_focus(screen, "Allergie")
        assert '- textbox "Allergie": Kiwi' in screen.tree()
        walk(screen, WALK)
        screen.page.keyboard.press("Tab")
        await_focus(screen, "Allergie")
        screen.page.keyboard.press("Shift+Tab")
        await_focus(screen, "Enregistrer")
        screen.page.keyboard.press("Enter")
        arrive(screen, "Enregistré.")
        screen.see(re.compile(r"Kiwi\s+Réaction sévère · Risque élevé · Urticaire"))
        press(screen, "Annuler")
        screen.see("C’est annulé.")
        screen.gone(re.compile("Kiwi"))
        screen.close()
