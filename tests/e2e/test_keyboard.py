"""The keyboard alone is enough: from the welcome to a document and back, then through the lock."""

import re
from pathlib import Path

import pytest

from tests.e2e.app import run_app
from tests.e2e.browser import SETTLING, Screen, open_browser
from tests.e2e.steps import PIN, USER
from tests.journeys.backend import run_backend
from tests.secret_service import run_secret_service

FARTHEST = 30
FOCUSED = """() => {
    const control = document.activeElement.closest("input, textarea, flt-semantics");
    return control ? control.getAttribute("aria-label") || control.innerText : "";
}"""


def reach(screen: Screen, name: str) -> None:
    """Press Tab until the focus is on what ``name`` matches.

    On a new screen the browser shows a focus already, which only the first Tab makes that of the app.
    """
    seen = []
    for _ in range(FARTHEST):
        screen.page.keyboard.press("Tab")
        screen.page.wait_for_timeout(60)
        seen.append(focused(screen))
        if re.match(name, seen[-1]):
            return
    raise AssertionError(f"{name!r} is not reached from {seen}")


def focused(screen: Screen) -> str:
    return str(screen.page.evaluate(FOCUSED)).replace("\n", " ")


def press(screen: Screen, name: str, key: str = "Enter") -> None:
    reach(screen, name)
    screen.page.keyboard.press(key)


def arrive(screen: Screen, text: str) -> None:
    """Wait for a screen, and until it has taken the focus."""
    screen.see(text)
    screen.page.wait_for_timeout(SETTLING)


def answer(screen: Screen, field: str, value: str) -> None:
    if focused(screen) != field:
        reach(screen, field)
    screen.write(value)


def answer_pin(screen: Screen, title: str) -> None:
    arrive(screen, title)
    screen.type_keys(PIN)
    screen.page.keyboard.press("Enter")


@pytest.mark.browser
@pytest.mark.keyring
def test_a_document_is_reached_and_the_vault_locked_with_the_keyboard_alone(tmp_path: Path) -> None:
    with (
        open_browser() as browser,
        run_secret_service() as environment,
        run_backend() as backend,
        run_app(tmp_path, {**environment, "MES_SERVER": backend.url}) as app,
    ):
        screen = Screen(browser, app.address)
        press(screen, "Se connecter")
        arrive(screen, "Quel est votre service ?")
        press(screen, "Continuer")
        arrive(screen, "Qui êtes-vous ?")
        answer(screen, "Identifiant", USER)
        answer(screen, "Mot de passe", backend.password(USER))
        screen.page.keyboard.press("Enter")
        arrive(screen, "Le code reçu")
        answer(screen, "Code à 6 chiffres", backend.next_code(USER))
        answer_pin(screen, "Choisissez un code")
        answer_pin(screen, "Encore une fois")
        arrive(screen, "Tout est là.")
        press(screen, "Continuer")
        arrive(screen, "Aujourd’hui")
        press(screen, "Documents")
        arrive(screen, "novembre 2026")
        press(screen, "Notes pour le prochain rendez-vous")
        arrive(screen, "Enregistrer")
        press(screen, "Retour")
        arrive(screen, "novembre 2026")
        press(screen, "Accueil")
        arrive(screen, "Aujourd’hui")
        press(screen, "Réglages")
        arrive(screen, "Verrouiller maintenant")
        press(screen, "Verrouiller maintenant")
        answer_pin(screen, "Carnet verrouillé")
        screen.see("Aujourd’hui")
        screen.close()
