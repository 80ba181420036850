"""What is read: the home, documents, the health profile, the agenda, and what is around them."""

import re

from tools.screens.cameras import Camera
from tools.screens.documents import take_documents


def take_records(camera: Camera) -> None:
    """The home and each destination, then what the settings and the profile lead to."""
    screen = camera.screen
    screen.see("Aujourd’hui")
    camera.shoot("home", dark=True)
    screen.tap(re.compile("^Changer de carnet"))
    camera.shoot("profiles")
    screen.page.keyboard.press("Escape")
    screen.go("Documents")
    screen.see("Notes pour le prochain rendez-vous")
    camera.shoot("documents", dark=True)
    camera.visit("document", "^Biologie : bilan", ready="Page 1 sur", dark=True)
    take_documents(camera)
    screen.go("Agenda")
    camera.shoot("agenda")
    camera.visit("appointment", "Dermatologie : ")
    screen.go("Accueil")
    camera.visit("synthesis", "^Synthèse de santé", ready="Page 1 sur", above=True)
    camera.visit("emergency", "^Urgence", above=True)
    screen.tap("Réglages")
    camera.shoot("settings")
    camera.visit("storage", "^Stockage", ready="Libérer de la place", above=True)
    camera.visit("export", "^Exporter", ready="n’est pas chiffrée", dark=True, above=True)
    camera.visit("import", "^Importer", ready="Choisir des fichiers", above=True)
    camera.visit("about", "^À propos", above=True)
    screen.tap("Fermer")
    screen.tap(re.compile("^Changer de carnet"))
    screen.tap("Identité et coordonnées", role="menuitem")
    camera.shoot("person")
    screen.tap("Retour")
