"""`make screens`: take every screen into docs/screens, from the app on the demonstration server, in a real browser.

The family and its records are those of the day: a picture taken again differs by its dates.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser

from tests.e2e.app import run_app
from tests.e2e.browser import DESKTOP, PHONE, SETTLING, Screen, open_browser
from tests.e2e.steps import (
    PIN,
    SENT,
    USER,
    change_risk,
    choose_pin,
    do_beside,
    enter_pin,
    open_section,
    open_sync,
    switch_to,
    synchronise,
)
from tests.journeys.backend import Backend, run_backend
from tests.journeys.devices import ALEX_SECRET, LEO, Device
from tests.secret_service import run_secret_service

FOLDER = Path(__file__).parent.parent / "docs" / "screens"
SIZES = {"phone": PHONE, "desktop": DESKTOP}
COLOURS = 128
PAUSE, PATIENCE = 600, 5


class Camera:
    """Takes ``screen`` as ``<name>-<size>-<theme>.png`` into ``folder``."""

    def __init__(self, folder: Path, screen: Screen, size: str) -> None:
        self.folder, self.screen, self.size = folder, screen, size

    def shoot(self, name: str, *, dark: bool = False) -> None:
        """In the light theme; ``dark``: in the dark one too."""
        self._keep(f"{name}-{self.size}-light.png")
        if dark:
            self.screen.page.emulate_media(color_scheme="dark")
            self._keep(f"{name}-{self.size}-dark.png")
            self.screen.page.emulate_media(color_scheme="light")

    def _keep(self, name: str) -> None:
        taken = Image.open(BytesIO(self._wait_until_still())).convert("RGB")
        taken.quantize(COLOURS, dither=Image.Dither.NONE).save(self.folder / name, optimize=True)

    def _wait_until_still(self) -> bytes:
        """The picture once nothing moves any more; of a screen that always moves, the last of a few."""
        page = self.screen.page
        page.mouse.move(0, 0)
        taken = b""
        for _ in range(PATIENCE):
            page.wait_for_timeout(PAUSE)
            former, taken = taken, page.screenshot()
            if taken == former:
                break
        return taken


def take_all(folder: Path) -> None:
    """Every screen in every size, in place of the pictures of before."""
    folder.mkdir(parents=True, exist_ok=True)
    for former in folder.glob("*.png"):
        former.unlink()
    with open_browser() as browser, run_secret_service() as system:
        for size in SIZES:
            with TemporaryDirectory() as data, run_backend() as backend:
                environment, vault = {**system, "MES_SERVER": backend.url}, Path(data, "vault")
                with _open(browser, folder, size, Path(data, "alone"), environment) as camera:
                    _take_alone(camera)
                with _open(browser, folder, size, vault, environment) as camera:
                    _take_entrance(camera, backend)
                    _take_records(camera)
                    _take_child(camera)
                    _take_forms(camera)
                    _take_sync(camera, Path(data), backend)
                backend.pull_the_plug()
                with _open(browser, folder, size, vault, environment) as camera:
                    _take_return(camera)


@contextmanager
def _open(browser: Browser, folder: Path, size: str, data: Path, environment: dict[str, str]) -> Iterator[Camera]:
    with run_app(data, environment) as app:
        screen = Screen(browser, app.address, SIZES[size])
        yield Camera(folder, screen, size)
        screen.close()


def _take_alone(camera: Camera) -> None:
    camera.screen.tap("Utiliser sans compte")
    choose_pin(camera.screen)
    camera.screen.see("Pour qui est ce carnet ?")
    camera.shoot("without-account", dark=True)


def _take_entrance(camera: Camera, backend: Backend) -> None:
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


def _take_records(camera: Camera) -> None:
    screen = camera.screen
    screen.see("Aujourd’hui")
    camera.shoot("home", dark=True)
    screen.tap(re.compile("^Changer de carnet"))
    camera.shoot("profiles")
    screen.page.keyboard.press("Escape")
    screen.go("Documents")
    screen.see("Notes pour le prochain rendez-vous")
    camera.shoot("documents", dark=True)
    _visit(camera, "document", "^Biologie : bilan", ready="Page 1 sur", dark=True)
    _take_documents(camera)
    screen.go("Santé")
    camera.shoot("health", dark=True)
    _visit(camera, "allergies", "^Allergies", ready="Nickel")
    _visit(camera, "treatments", "^Traitements", ready="Ibuprofène")
    _visit(camera, "measures", "^Mesures", ready="Fréquence cardiaque")
    screen.go("Agenda")
    camera.shoot("agenda")
    _visit(camera, "appointment", "Dermatologie : ")
    screen.go("Accueil")
    _visit(camera, "synthesis", "^Synthèse de santé", ready="Page 1 sur", above=True)
    _visit(camera, "emergency", "^Urgence", above=True)
    screen.tap("Réglages")
    camera.shoot("settings")
    _visit(camera, "storage", "^Stockage", ready="Libérer de la place", above=True)
    _visit(camera, "export", "^Exporter", ready="n’est pas chiffrée", dark=True, above=True)
    _visit(camera, "import", "^Importer", ready="Choisir des fichiers", above=True)
    _visit(camera, "about", "^À propos", above=True)
    screen.tap("Fermer")
    screen.tap(re.compile("^Changer de carnet"))
    screen.tap("Identité et coordonnées", role="menuitem")
    camera.shoot("person")
    screen.tap("Retour")


def _take_child(camera: Camera) -> None:
    screen = camera.screen
    switch_to(screen, "Jeanne")
    screen.go("Santé")
    screen.see(re.compile("^Examens et vaccins"))
    _visit(camera, "prevention", "^Examens et vaccins", ready="20 examens", dark=True)
    _visit(camera, "booklet", "^Carnet de santé de l’enfant", ready="Pages par âge", dark=True)
    open_section(screen, "Mesures")
    _visit(camera, "growth", "^Courbe de croissance", ready="Courbes OMS 2006", dark=True)
    _leave_section(camera)
    switch_to(screen, "Camille")


def _take_documents(camera: Camera) -> None:
    screen = camera.screen
    screen.go("Documents")
    _open_sheet(camera, "filters", "Filtrer et trier")
    _open_sheet(camera, "visibility", "Actions sur la liste", "Qui voit les documents")
    screen.tap("Ajouter")
    screen.see("Choisir des photos")
    camera.shoot("adding", dark=True)
    _leave_document(camera)
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
    _leave_document(camera)
    open_section(screen, "Résultats")
    screen.scroll_to(re.compile(r"^TSH\s: voir"), beside=camera.size == "desktop")
    screen.tap("TSH : voir l’évolution")
    screen.see(re.compile(r"résultats\s: de"))
    screen.scroll_on(300, beside=camera.size == "desktop")
    camera.shoot("trend", dark=True)
    _leave_section(camera)
    screen.go("Documents")
    screen.fill("Rechercher un document", "sérologies")
    _visit(camera, "narrative", "^Biologie : sérologies", ready="Référence", dark=True)
    screen.tap("Effacer la recherche")


def _open_sheet(camera: Camera, name: str, *ways: str) -> None:
    first, *items = ways
    camera.screen.tap(first)
    for item in items:
        camera.screen.tap(item, role="menuitem")
    camera.screen.see("Fermer")
    camera.shoot(name, dark=True)
    camera.screen.page.keyboard.press("Escape")
    camera.screen.page.wait_for_timeout(SETTLING)


def _leave_document(camera: Camera) -> None:
    if camera.size == "phone":
        camera.screen.tap("Retour")
        camera.screen.page.wait_for_timeout(SETTLING)


def _take_forms(camera: Camera) -> None:
    screen = camera.screen
    open_section(screen, "Allergies")
    screen.tap("Ajouter")
    screen.tap("Enregistrer")
    screen.see("À corriger : Allergie.")
    camera.shoot("form-error")
    _leave_form(camera, "Allergies")
    open_section(screen, "Allergies")
    screen.tap("Ajouter")
    screen.fill("Allergie", "Kiwi")
    screen.tap("Élevé", role="radio")
    camera.shoot("form-allergy", dark=True)
    screen.tap("Enregistrer")
    screen.see("Enregistré.")
    camera.shoot("undo")
    _leave_section(camera)
    _visit_form(camera, "form-treatment", "Traitements", "Posologie (facultatif)", "1 comprimé le matin")
    _visit_form(camera, "form-contact", "Entourage", "Nom", "Monique Dubreuil")
    open_section(screen, "Traitements")
    _visit(camera, "read-only", "^Lévothyroxine", ready="ne se modifie pas ici")
    _leave_section(camera)
    _visit(camera, "nothing-yet", "^Handicap")
    open_section(screen, "Mesures")
    screen.tap("Ajouter")
    screen.see("Nouvelle mesure")
    camera.shoot("form-measure")
    _leave_form(camera, "Mesures")


def _visit_form(camera: Camera, name: str, section: str, field: str, value: str) -> None:
    screen = camera.screen
    open_section(screen, section)
    screen.tap("Ajouter")
    screen.fill(field, value)
    camera.shoot(name)
    _leave_form(camera, section)


def _leave_form(camera: Camera, section: str) -> None:
    camera.screen.tap("Retour" if camera.size == "phone" else section)
    _leave_section(camera)


def _leave_section(camera: Camera) -> None:
    if camera.size == "phone":
        camera.screen.tap("Retour")
        camera.screen.page.wait_for_timeout(SETTLING)


def _take_sync(camera: Camera, folder: Path, backend: Backend) -> None:
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
    _leave_section(camera)
    synchronise(screen)
    do_beside(other.sync)
    fraise = do_beside(other.find, "allergies", "Fraise", *LEO)
    do_beside(other.write, "edit", "allergies", fraise, values={"criticality": "low", "note": "Mangée sans suite."})
    do_beside(other.sync)
    change_risk(screen, "Fraise", "Non évalué")
    _leave_section(camera)
    _leave_section(camera)
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


def _visit(camera: Camera, name: str, words: str, *, ready: str = "", dark: bool = False, above: bool = False) -> None:
    """Open what says ``words``, take it, and go back where it was opened ``above`` its list, as everything on a phone.

    ``ready``: what it says once it is complete.
    """
    screen = camera.screen
    screen.scroll_to(re.compile(words))
    screen.tap(re.compile(words))
    if ready:
        screen.see(re.compile(ready))
    camera.shoot(name, dark=dark)
    if above or camera.size == "phone":
        screen.tap("Retour")
        screen.page.wait_for_timeout(SETTLING)


def _take_return(camera: Camera) -> None:
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
    _leave_section(camera)
    open_sync(screen)
    screen.see("1 envoi en attente")
    camera.shoot("sync-waiting")


if __name__ == "__main__":
    take_all(FOLDER)
