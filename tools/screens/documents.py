"""Documents: found, filtered, added, read and changed."""

import re

from tests.e2e.steps import open_section
from tools.screens.cameras import Camera


def take_documents(camera: Camera) -> None:
    """From the destination, through what can be done there, to the results that documents hold."""
    screen = camera.screen
    screen.go("Documents")
    camera.open_sheet("filters", "Filtrer et trier")
    camera.open_sheet("visibility", "Actions sur la liste", "Qui voit les documents")
    screen.tap("Ajouter")
    screen.see("Choisir des photos")
    camera.shoot("adding", dark=True)
    camera.leave(above=True)
    screen.fill("Rechercher un document", "garnier thyro")
    screen.see(re.compile("Dr Inès Garnier"))
    camera.shoot("search", dark=True)
    screen.fill("Rechercher un document", "notes rendez")
    screen.tap(re.compile("^Notes pour le prochain rendez-vous"))
    screen.tap("Autres actions")
    camera.shoot("document-menu")
    screen.tap("Modifier", role="menuitem")
    screen.see("Catégorie")
    camera.shoot("form-document", dark=True)
    screen.tap("Retour")
    camera.leave()
    open_section(screen, "Résultats")
    screen.scroll_to(re.compile(r"^TSH\s: voir"), beside=camera.wide)
    screen.tap("TSH : voir l’évolution")
    screen.see(re.compile(r"résultats\s: de"))
    screen.scroll_on(300, beside=camera.wide)
    camera.shoot("trend", dark=True)
    camera.leave()
    screen.go("Documents")
    screen.fill("Rechercher un document", "sérologies")
    camera.visit("narrative", "^Biologie : sérologies", ready="Référence", dark=True)
    screen.tap("Effacer la recherche")
