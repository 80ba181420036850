"""How a person comes in: without account, by signing in, and each day by their PIN."""

import re

from tests.e2e.steps import PIN, USER, choose_pin, enter_pin, open_section, open_sync
from tests.journeys.backend import Backend
from tools.screens.cameras import Camera


def take_alone(camera: Camera) -> None:
    """A record that begins here."""
    camera.screen.tap("Utiliser sans compte")
    choose_pin(camera.screen)
    camera.screen.see("Pour qui est ce carnet ?")
    camera.shoot("without-account", dark=True)


def take_entrance(camera: Camera, backend: Backend) -> None:
    """From the welcome to the end of the first sync."""
    screen = camera.screen
    screen.see("Se connecter")
    camera.shoot("welcome", dark=True)
    screen.tap("Se connecter")
    camera.shoot("server")
    screen.tap("Continuer")
    screen.fill("Identifiant", USER)
    screen.fill("Mot de passe", backend.password(USER))
    camera.shoot("sign-in")
    screen.tap("Continuer")
    screen.see("Le code reçu")
    camera.shoot("code")
    screen.fill("Code à 6 chiffres", backend.next_code(USER))
    screen.see("Choisissez un code")
    for figure in PIN:
        screen.tap(figure)
    camera.shoot("pin")
    screen.tap("Continuer")
    screen.see("Encore une fois")
    enter_pin(screen, "Continuer")
    screen.see("Jeanne Martin")
    camera.shoot("first-sync")
    screen.see("Tout est là.")
    screen.tap("Continuer")


def take_return(camera: Camera) -> None:
    """Another day, without network."""
    screen = camera.screen
    screen.see("Carnet verrouillé")
    camera.shoot("unlock")
    enter_pin(screen, "Déverrouiller")
    screen.see(re.compile("Hors ligne"))
    camera.shoot("offline")
    open_section(screen, "Traitements")
    screen.tap("Ajouter")
    screen.fill("Médicament", "Vitamine D")
    screen.tap("Enregistrer")
    screen.see("Enregistré.")
    camera.leave()
    open_sync(screen)
    screen.see("1 envoi en attente")
    camera.shoot("sync-waiting")
