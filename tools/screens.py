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
from tests.e2e.steps import PIN, USER, enter_pin
from tests.journeys.backend import Backend, run_backend
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
                environment = {**system, "MES_SERVER": backend.url}
                with _open(browser, folder, size, Path(data), environment) as camera:
                    _take_entrance(camera, backend)
                    _take_records(camera)
                backend.pull_the_plug()
                with _open(browser, folder, size, Path(data), environment) as camera:
                    _take_return(camera)


@contextmanager
def _open(browser: Browser, folder: Path, size: str, data: Path, environment: dict[str, str]) -> Iterator[Camera]:
    with run_app(data, environment) as app:
        screen = Screen(browser, app.address, SIZES[size])
        yield Camera(folder, screen, size)
        screen.close()


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
    screen.scroll_to(re.compile("^À propos"))
    screen.tap(re.compile("^À propos"))
    camera.shoot("about")


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


if __name__ == "__main__":
    take_all(FOLDER)
