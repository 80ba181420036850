"""One form as a screen reader finds it: refused, corrected and saved with the keyboard alone."""

import os
import re
from pathlib import Path

import pytest

from tests.e2e.app import run_app
from tests.e2e.browser import PATIENCE, Screen, open_browser
from tests.e2e.test_keyboard import arrive, focused, press

FORM = """
  - heading "Nouvelle allergie" [level=1]
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
NAMELESS = re.compile(r"^\s*- (button|textbox|radio|switch|combobox|checkbox|link)(?: \[.*\])?:?$", re.MULTILINE)
MISSING = "Une information manque. Complétez ce champ et recommencez."


def await_focus(screen: Screen, name: str) -> None:
    """Wait until the focus has been moved to ``name``."""
    for _ in range(PATIENCE // 100):
        if focused(screen) == name:
            return
        screen.page.wait_for_timeout(100)
    raise AssertionError(f"the focus is on {focused(screen)!r}")


@pytest.mark.browser
def test_a_form_says_what_it_asks_and_keeps_the_keyboard_where_it_is_needed(tmp_path: Path) -> None:
    nothing = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'no-bus'}"}
    with open_browser() as browser, run_app(tmp_path, {**os.environ, **nothing}) as app:
        screen = Screen(browser, app.address)
        press(screen, "Essayer la démonstration")
        arrive(screen, "Aujourd’hui")
        press(screen, "Santé")
        arrive(screen, "Traitements")
        press(screen, "Allergies")
        arrive(screen, "Nickel")
        press(screen, "Ajouter")
        arrive(screen, "Nouvelle allergie")
        assert FORM in screen.tree() + "\n"
        assert not NAMELESS.findall(screen.tree())

        press(screen, "Enregistrer")
        screen.see("À corriger : Allergie.")
        await_focus(screen, f"Allergie {MISSING}")
        screen.write("Kiwi")
        assert focused(screen) == "Allergie"
        assert '- textbox "Allergie": Kiwi' in screen.tree()
        press(screen, "Enregistrer")
        screen.see("Enregistré.")
        screen.see(re.compile("Kiwi"))
        screen.close()
