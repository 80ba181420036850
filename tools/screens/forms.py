"""What is written."""

from tests.e2e.steps import open_section
from tools.screens.cameras import Camera


def take_forms(camera: Camera) -> None:
    """Forms, what they refuse, what is not written here, and sections that hold nothing yet."""
    screen = camera.screen
    open_section(screen, "Allergies")
    screen.tap("Ajouter")
    screen.tap("Enregistrer")
    screen.see("À corriger : Allergie.")
    camera.shoot("form-error")
    camera.leave_form()
    open_section(screen, "Allergies")
    screen.tap("Ajouter")
    screen.fill("Allergie", "Kiwi")
    screen.tap("Élevé", role="radio")
    camera.shoot("form-allergy", dark=True)
    screen.tap("Enregistrer")
    screen.see("Enregistré.")
    camera.shoot("undo")
    camera.leave()
    _visit_form(camera, "form-treatment", "Traitements", "Posologie (facultatif)", "1 comprimé le matin")
    _take_links(camera)
    _visit_form(camera, "form-contact", "Entourage", "Nom", "Monique Dubreuil")
    open_section(screen, "Traitements")
    camera.visit("read-only", "^Lévothyroxine", ready="ne se modifie pas ici")
    camera.leave()
    camera.visit("nothing-yet", "^Handicap")
    open_section(screen, "Mesures")
    screen.tap("Ajouter")
    screen.see("Nouvelle mesure")
    camera.shoot("form-measure")
    camera.leave_form()


def _take_links(camera: Camera) -> None:
    screen = camera.screen
    open_section(screen, "Traitements")
    screen.tap("Ajouter")
    screen.scroll_to("Relier à…")
    camera.open_sheet("links", "Relier à…")
    camera.leave_form()


def _visit_form(camera: Camera, name: str, section: str, field: str, value: str) -> None:
    screen = camera.screen
    open_section(screen, section)
    screen.tap("Ajouter")
    screen.fill(field, value)
    camera.shoot(name)
    camera.leave_form()
