"""The record of a child."""

import re

from tests.e2e.steps import open_section, switch_to
from tools.screens.cameras import Camera

BOOKLET = "Carnet de santé de l’enfant"


def take_child(camera: Camera) -> None:
    """Prevention, the booklet with what is in it, and growth."""
    screen = camera.screen
    switch_to(screen, "Jeanne")
    screen.go("Santé")
    screen.see(re.compile("^Examens et vaccins"))
    camera.visit("prevention", "^Examens et vaccins", ready="20 examens", dark=True)
    _take_booklet(camera)
    open_section(screen, "Mesures")
    camera.visit("growth", "^Courbe de croissance", ready="Courbes OMS 2006", dark=True)
    camera.leave()
    switch_to(screen, "Camille")


def _take_booklet(camera: Camera) -> None:
    screen = camera.screen
    open_section(screen, BOOKLET)
    screen.see("Pages par âge")
    camera.shoot("booklet", dark=True)
    _visit_part(camera, "teeth", "^Dents", "Dents de lait")
    _visit_part(camera, "booklet-print", "^Imprimer le carnet", "Page 1 sur")
    _visit_part(camera, "booklet-page", "^8 premiers jours", "Écrire une note", above="Pages du carnet de santé")
    camera.leave()


def _visit_part(camera: Camera, name: str, words: str, ready: str, *, above: str = BOOKLET) -> None:
    """In two panes a part takes the place of the booklet, below the way to what is ``above``."""
    screen = camera.screen
    screen.scroll_to(re.compile(words), beside=camera.wide)
    screen.tap(re.compile(words))
    screen.see(re.compile(ready))
    camera.shoot(name, dark=True)
    screen.tap(above if camera.wide else "Retour")
    screen.see("Pages par âge")
