"""Who a record is about: how it looks, and how one that began on this device joins that of the service."""

import re

from tests.e2e.steps import open_section, switch_to
from tools.screens.cameras import Camera


def take_people(camera: Camera) -> None:
    """A child is noted here under the name that the service knows too."""
    screen = camera.screen
    screen.tap(re.compile("^Changer de carnet"))
    screen.tap("Ajouter", role="menuitem")
    screen.see("Naissance ou nouveau proche")
    camera.shoot("newcomer", dark=True)
    screen.fill("Prénom", "Zoé")
    screen.fill("Nom", "Martin")
    for part, figures in (("Jour", "2"), ("Mois", "11"), ("Année", "2026")):
        screen.fill(part, figures, group="Date de naissance")
    screen.scroll_to("Ajouter ce carnet")
    screen.tap("Ajouter ce carnet")
    screen.see("Sur cet appareil seulement")
    _write_allergy(camera)
    screen.tap(re.compile("^Changer de carnet"))
    screen.tap("Identité et coordonnées", role="menuitem")
    screen.see("Apparence")
    camera.shoot("appearance", dark=True)
    screen.scroll_to("Rattacher à un carnet de mon service")
    screen.tap("Rattacher à un carnet de mon service")
    screen.tap(re.compile("^Jeanne"), role="radio")
    screen.tap("Voir ce qui partirait")
    screen.see("Est-ce la même personne ?")
    camera.shoot("joining", dark=True)
    camera.leave(above=True)
    camera.leave(above=True)
    switch_to(screen, "Camille")


def _write_allergy(camera: Camera) -> None:
    screen = camera.screen
    open_section(screen, "Allergies")
    screen.tap("Ajouter")
    screen.fill("Allergie", "Lait de vache")
    screen.tap("Enregistrer")
    screen.see("Enregistré.")
    camera.leave()
