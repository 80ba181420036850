"""A camera in front of the app: it goes to a screen, waits until nothing moves there, and keeps the picture."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.e2e.browser import DESKTOP, PHONE, SETTLING, Screen

SIZES = {"phone": PHONE, "desktop": DESKTOP}
COLOURS = 128
PAUSE, PATIENCE = 600, 5


class Camera:
    """Takes ``screen`` as ``<name>-<size>-<theme>.png`` into ``folder``."""

    def __init__(self, folder: Path, screen: Screen, size: str) -> None:
        self.folder, self.screen, self.size = folder, screen, size

    @property
    def wide(self) -> bool:
        """Whether what is opened stands beside its list, and not above it."""
        return self.size == "desktop"

    def shoot(self, name: str, *, dark: bool = False) -> None:
        """In the light theme; ``dark``: in the dark one too."""
        self._keep(f"{name}-{self.size}-light.png")
        if dark:
            self.screen.page.emulate_media(color_scheme="dark")
            self._keep(f"{name}-{self.size}-dark.png")
            self.screen.page.emulate_media(color_scheme="light")

    def visit(self, name: str, words: str, *, ready: str = "", dark: bool = False, above: bool = False) -> None:
        """Open what says ``words``, take it once it says ``ready``, and go back from what covers its list: everything
        on a phone, and what is opened ``above`` it.
        """
        self.screen.scroll_to(re.compile(words))
        self.screen.tap(re.compile(words))
        if ready:
            self.screen.see(re.compile(ready))
        self.shoot(name, dark=dark)
        self.leave(above=above)

    def open_sheet(self, name: str, *ways: str) -> None:
        """Take the sheet that a button, then items of its menu lead to, and close it."""
        first, *items = ways
        self.screen.tap(first)
        for item in items:
            self.screen.tap(item, role="menuitem")
        self.screen.see("Fermer")
        self.shoot(name, dark=True)
        self.screen.page.keyboard.press("Escape")
        self.screen.page.wait_for_timeout(SETTLING)

    def leave(self, *, above: bool = False) -> None:
        """Go back from what covers its list."""
        if above or not self.wide:
            self.screen.tap("Retour")
            self.screen.page.wait_for_timeout(SETTLING)

    def leave_form(self) -> None:
        """Go back from the form of a section to the list of all sections."""
        self.leave(above=True)
        self.leave()

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
