"""The health profile: what is read there, the measures brought from a file, links, and what is written rarely."""

import re
from pathlib import Path

from tests.e2e.steps import open_section
from tools.screens.cameras import Camera

MONITOR = """Date;Heure;Systolique (mmHg);Diastolique (mmHg);Pouls (bpm)
16/11/2026;07:42;128;79;64
17/11/2026;07:51;131;82;66
18/11/2026;07:38;124;77;61
19/11/2026;07:45;312;81;63
"""
"""What a blood pressure monitor hands over: the last line is to be looked at twice."""


def take_health(camera: Camera, folder: Path) -> None:
    """From the list of all sections. ``folder``: where a file to be imported may be written."""
    screen = camera.screen
    screen.go("Santé")
    camera.shoot("health", dark=True)
    camera.visit("allergies", "^Allergies", ready="Nickel")
    camera.visit("treatments", "^Traitements", ready="Ibuprofène")
    camera.visit("professionals", "^Professionnels", ready="Ajouter")
    camera.visit("measures", "^Mesures", ready="Fréquence cardiaque")
    _take_import(camera, folder)
    _take_pregnancy(camera)


def _take_import(camera: Camera, folder: Path) -> None:
    screen, file = camera.screen, folder / "tension.csv"
    file.write_text(MONITOR, encoding="utf-8")
    open_section(screen, "Mesures")
    screen.scroll_to("Importer des mesures", beside=camera.wide)
    screen.tap("Importer des mesures")
    screen.choose_file("Choisir un fichier", file)
    screen.see(re.compile("mesures trouvées"))
    camera.shoot("measures-import", dark=True)
    camera.leave()
    camera.leave()


def _take_pregnancy(camera: Camera) -> None:
    screen = camera.screen
    open_section(screen, "Carnet de grossesse")
    screen.tap("Ajouter")
    for part, figures in (("Jour", "3"), ("Mois", "8"), ("Année", "2026")):
        screen.fill(part, figures, group="Date donnée")
    screen.tap("Enregistrer")
    screen.see(re.compile("Date présumée"))
    camera.shoot("pregnancy", dark=True)
    camera.leave()
