"""What a person does in more than one story, by the words on the screen."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.e2e.browser import SETTLING, Screen
from tests.journeys.backend import Backend
from tests.journeys.devices import PASSPHRASE

USER, PIN = "camille.martin", "270814"
SYNC = re.compile(
    r"^(À jour|Connexion|En cours|Envoi|Documents \d|Vérification|Hors ligne|Jamais|\d+ (envoi|à vérifier))"
)
"""What the button says that leads to the sync."""
SENT = "Tout ce que vous avez écrit est envoyé."


def sign_in(screen: Screen, backend: Backend) -> None:
    """From the welcome to the choice of a PIN."""
    screen.tap("Se connecter")
    screen.tap("Continuer")
    screen.fill("Identifiant", USER)
    screen.fill("Mot de passe", backend.password(USER))
    screen.tap("Continuer")
    screen.fill("Code à 6 chiffres", backend.next_code(USER))


def choose_pin(screen: Screen, pin: str = PIN) -> None:
    """Choose it, then give it again."""
    screen.see("Choisissez un code")
    enter_pin(screen, "Continuer", pin)
    screen.see("Encore une fois")
    enter_pin(screen, "Continuer", pin)


def enter_pin(screen: Screen, button: str, pin: str = PIN) -> None:
    """The first figure on the pad, the others on a keyboard once the pad has shown that it hears; then ``button``."""
    screen.tap(pin[0])
    screen.see("1 chiffre saisi")
    screen.type_keys(pin[1:])
    screen.tap(button)


def unlock(screen: Screen, pin: str = PIN) -> None:
    """From the lock to the home of the first person."""
    screen.see("Carnet verrouillé")
    enter_pin(screen, "Déverrouiller", pin)
    screen.see("Aujourd’hui")


def unlock_by_phrase(screen: Screen) -> None:
    """The same for a vault that was made at a command line."""
    screen.fill("Phrase de passe", PASSPHRASE)
    screen.tap("Déverrouiller")
    screen.see("Aujourd’hui")


def lock(screen: Screen) -> None:
    """From a destination to the lock."""
    screen.tap("Réglages")
    screen.tap(re.compile("^Verrouiller maintenant"))
    screen.see("Carnet verrouillé")


def switch_to(screen: Screen, first_name: str) -> None:
    """From a destination to where the record of somebody else was left."""
    screen.tap(re.compile("^Changer de carnet"))
    screen.tap(re.compile(f"^{first_name}"), role="menuitem")
    screen.see(re.compile(rf"^Changer de carnet\s{first_name}"))


def open_section(screen: Screen, title: str) -> None:
    """From the health profile to one of its sections."""
    screen.go("Santé")
    screen.scroll_up()
    screen.see(re.compile("^Allergies"))
    screen.scroll_to(re.compile(f"^{title}"))
    screen.tap(re.compile(f"^{title}"))


def open_sync(screen: Screen) -> None:
    """From a destination to how the sync stands."""
    screen.tap(SYNC)
    screen.see("Votre service")


def synchronise(screen: Screen) -> None:
    """Sync until all that was written here is sent, and come back."""
    open_sync(screen)
    screen.tap("Actualiser")
    screen.see(SENT)
    screen.tap("Fermer")


def change_risk(screen: Screen, allergy: str, risk: str) -> None:
    """From the health profile to an allergy that is changed."""
    open_section(screen, "Allergies")
    screen.tap(re.compile(f"^{allergy}"))
    screen.tap("Modifier")
    screen.tap(risk, role="radio")
    screen.tap("Enregistrer")
    screen.see("Modification enregistrée.")


def take_back(screen: Screen) -> None:
    """Undo, once the bar that offers it stands still."""
    screen.see("Annuler")
    screen.page.wait_for_timeout(SETTLING)
    screen.tap("Annuler")
    screen.see("C’est annulé.")


def do_beside(act: Callable[..., Any], *words: Any, **options: Any) -> Any:
    """In a thread of its own: Playwright has the event loop of this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(act, *words, **options).result()


def open_security(screen: Screen) -> None:
    """From a destination to the overview of all protections."""
    screen.tap("Réglages")
    screen.tap(re.compile("^Sécurité et sauvegarde"))
    screen.see("Changer la clé")


def read_recovery_code(screen: Screen) -> list[str]:
    """The groups shown, as a screen reader spells them."""
    screen.see("Notez ces sept groupes")
    spelt = re.findall(r"Groupe \d : ((?:\w, ){3}\w)", screen.tree())
    assert len(spelt) == 7
    return [letters.replace(", ", "") for letters in spelt]


def answer_groups(screen: Screen, groups: list[str]) -> None:
    """Give back the groups that are asked for."""
    screen.see("Vérifions votre copie")
    for number in re.findall(r'textbox "Groupe (\d)"', screen.tree()):
        screen.fill(f"Groupe {number}", groups[int(number) - 1])
