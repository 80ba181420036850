"""The documents of one person on one screen: what a reader of the stories does not need to see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.app import AGEING, RunningApp, run_app
from tests.e2e.browser import PHONE, Screen
from tests.e2e.steps import unlock_by_phrase
from tests.journeys.devices import PASSPHRASE, Device

SEARCH = "Rechercher un document"
MENU, MENU_OF_LIST = "Autres actions", "Actions sur la liste"


@dataclass
class Dossier:
    """``screen`` shows the list of documents, and in two panes the document that was opened last beside it."""

    app: RunningApp
    screen: Screen
    size: tuple[int, int]

    def open_first(self, words: str, title: str) -> None:
        """Type ``words``, press Enter, and see the document ``title``: nothing else is touched."""
        self.screen.fill(SEARCH, words)
        self.screen.page.keyboard.press("Enter")
        self.see_opened(title)

    def see_opened(self, title: str) -> None:
        expect(self.screen.find(title, role="heading")).to_be_attached()

    def leave(self) -> None:
        """Back to the list, which in two panes is there all along."""
        if self.size == PHONE:
            self.screen.tap("Retour")

    def act(self, item: str) -> None:
        """Press an item of the menu of the open document."""
        self._press_item(MENU, item)

    def act_on_list(self, item: str) -> None:
        """The same in the menu of the list."""
        self._press_item(MENU_OF_LIST, item)

    def clear_search(self) -> None:
        self.screen.tap("Effacer la recherche")

    def prove(self) -> None:
        """Answer the question whether one is the owner."""
        self.screen.see("Est-ce bien vous ?")
        self.screen.fill("Phrase de passe", PASSPHRASE)
        self.screen.tap("Confirmer")

    def unlock(self) -> None:
        """From the lock to the list of the first person."""
        unlock_by_phrase(self.screen)
        self.screen.go("Documents")
        self.screen.see(SEARCH)

    def _press_item(self, menu: str, item: str) -> None:
        self.screen.press_inside(self.screen.find(menu), self.screen.find(item, role="menuitem"))


@contextmanager
def open_dossier(browser: Browser, device: Device, size: tuple[int, int]) -> Iterator[Dossier]:
    """Start the app of ``device`` and open the list of documents of its first person."""
    with run_app(device.app.data, device.app.environment, AGEING) as app:
        dossier = Dossier(app, Screen(browser, app.address, size), size)
        dossier.unlock()
        yield dossier
        dossier.screen.close()


def write_files(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """``files`` by name, in ``folder``."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]
