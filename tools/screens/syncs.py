"""Two versions of one record, the second written on another device, and what is sent."""

import re
from pathlib import Path

from tests.e2e.steps import SENT, change_risk, do_beside, open_section, open_sync, switch_to, synchronise
from tests.journeys.backend import Backend
from tests.journeys.devices import ALEX_SECRET, LEO, Device
from tools.screens.cameras import Camera


def take_sync(camera: Camera, folder: Path, backend: Backend) -> None:
    """Two versions of one allergy, the second written on another device."""
    screen, other = camera.screen, Device(folder / "other")
    do_beside(other.sign_in, backend, "alex.martin", ALEX_SECRET)
    do_beside(other.sync)
    switch_to(screen, "Léo")
    open_section(screen, "Allergies")
    screen.tap("Ajouter")
    screen.fill("Allergie", "Fraise")
    screen.tap("Élevé", role="radio")
    screen.tap("Enregistrer")
    screen.see("Enregistré.")
    camera.leave()
    synchronise(screen)
    do_beside(other.sync)
    fraise = do_beside(other.find, "allergies", "Fraise", *LEO)
    do_beside(other.write, "edit", "allergies", fraise, values={"criticality": "low", "note": "Mangée sans suite."})
    do_beside(other.sync)
    change_risk(screen, "Fraise", "Non évalué")
    camera.leave()
    camera.leave()
    open_sync(screen)
    screen.tap("Actualiser")
    screen.see("À départager")
    camera.shoot("sync-choices", dark=True)
    screen.tap(re.compile("^Fraise"))
    screen.see("Tout prendre d’ici")
    camera.shoot("two-versions", dark=True)
    screen.tap("Tout prendre d’ici")
    screen.tap("Enregistrer ce choix")
    screen.see(re.compile("^Versions gardées"))
    screen.tap("Actualiser")
    screen.see(SENT)
    camera.shoot("sync")
    screen.tap("Fermer")
