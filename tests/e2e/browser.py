"""Drive the app in a real Chromium through Flutter's semantics tree, as a screen reader would.

The traps of Flet 1.0.5 handled here: an empty node may cover the page (clicks are forced, Flutter hit-tests itself);
typing counts only once Flutter's editing element has the focus and listens, which the page does not show; lists expose
only what is near the viewport; a tooltip joins the name of the button that the pointer was left on.
"""

import copy
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import msgpack  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Browser, Error, Locator, Page, Route, WebSocket, expect, sync_playwright

SETTLING = 400
"""Milliseconds in which a view has slid in and autofocus has gone where it goes."""
PATIENCE = 120_000
"""Milliseconds that a busy machine is given."""
TELLING, TRIES = 10_000, 4
"""Milliseconds after which what was typed is taken for lost, and typed again; how often."""
PHONE, DESKTOP = (390, 844), (1280, 800)
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1|localhost)")
COVER = "/icon.png"
"""What the app sends to have a screen covered."""
TURN = """state => {
    Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Screen:
    """One tab on the app. Everything is found by role and name."""

    def __init__(self, browser: Browser, url: str, size: tuple[int, int] = PHONE, *, dark: bool = False) -> None:
        self.size, self.requests_elsewhere = size, list[str]()
        self._context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="fr-FR",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",  # a third of what a story costs is the drawing of movements
        )
        self._context.route(ELSEWHERE, self._refuse)
        self._open_page(url)

    def open_beside(self) -> "Screen":
        """Another tab of the same browser on the same app."""
        other = copy.copy(self)
        other._open_page(urljoin(self.page.url, "/"))
        return other

    def _open_page(self, url: str) -> None:
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page.on("websocket", self._note_socket)
        self.open(url)

    def _note_socket(self, socket: WebSocket) -> None:
        self._socket = socket

    def open(self, url: str) -> None:
        """Load the app and switch its semantics tree on."""
        self.page.goto(url)
        self.page.wait_for_selector("#loading", state="detached")
        self.page.locator("flt-semantics-placeholder").dispatch_event("click")
        self.page.wait_for_selector("flt-semantics", state="attached")

    def close(self) -> None:
        """Close the tab."""
        self._context.close()

    def see(self, text: str | re.Pattern[str]) -> None:
        """Wait until ``text`` is part of something shown or of an accessible name."""
        expect(self._anything(text).first).to_be_attached()

    def gone(self, text: str | re.Pattern[str]) -> None:
        """Wait until ``text`` is nowhere."""
        expect(self._anything(text)).to_have_count(0)

    def find(self, name: str | re.Pattern[str], role: str = "button") -> Locator:
        """The last control of this role and name."""
        exact = isinstance(name, str)
        direct = self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]
        inner = self.page.locator("flt-semantics:not([role])").and_(self.page.get_by_label(name, exact=exact))
        return direct.or_(inner.get_by_role(role)).last  # type: ignore[arg-type]

    def tap(self, name: str | re.Pattern[str], role: str = "button") -> None:
        """Press a control once it is enabled; once more where nothing at all comes of it, for the page still moved."""
        target, before = self.find(name, role), self.tree()
        self._click(target)
        if not self._wait_for(lambda: self.tree() != before) and target.count():
            self._click(target)

    def choose(self, name: str) -> None:
        """Press one of a few choices, until it is the one that holds."""
        self.tap(name)
        expect(self.find(name)).to_have_attribute("aria-current", "true")

    def pick(self, label: str, option: str) -> None:
        """Open a list of choices, whose name goes on with the one that holds, and press one."""
        self.press_inside(self.find(re.compile(rf"^{re.escape(label)}(\s|$)")), self.find(option))

    def press_inside(self, opening: Locator, choice: Locator) -> None:
        """Press what ``opening`` opens, until it is gone again: the page may still move, or something lie over it."""
        for _ in range(TRIES):
            self._click(opening)
            with suppress(Error):
                choice.wait_for(timeout=TELLING)
                self.page.wait_for_timeout(SETTLING)  # what still opens is not where it will be
                choice.click(force=True)
                choice.wait_for(state="detached", timeout=TELLING)
                return
        raise AssertionError(f"{choice} is never within reach")

    def go(self, destination: str) -> None:
        """Press a destination of the navigation bar, or of the rail (« Documents Onglet 2 sur 4 »)."""
        rail = self.page.get_by_role("button", name=re.compile(rf"^{re.escape(destination)}\s+\S+ \d+ \S+ \d+$"))
        self._click(self.page.get_by_role("tab", name=destination, exact=True).or_(rail).last)

    def fill(self, label: str | re.Pattern[str], value: str, *, group: str = "") -> None:
        """Type ``value`` in the field ``label``, which may be that of a ``group``, in place of what it held, until the
        app has been told of it."""
        around = self.page.get_by_role("group", name=group, exact=True) if group else self.page
        box = around.get_by_role("textbox", name=label, exact=isinstance(label, str)).last
        box.wait_for()
        self.page.wait_for_timeout(SETTLING)
        self._click(box)
        with self._listening(value) as heard:
            for _ in range(TRIES):
                box.blur()  # Flutter listens to a field that takes the focus, not to one that had it all along
                self._click(box)
                box.press("Control+A")
                box.press("Delete")  # the app is told of changes only
                self.page.keyboard.insert_text(value)
                if self._wait_for(lambda: heard):
                    return
        raise AssertionError(f"the app never heard what was typed in {label!r}")

    def write(self, value: str) -> None:
        """Type ``value`` key by key in the field that has the focus, until the app has been told of it."""
        with self._listening(value) as heard:
            for tried in range(TRIES):
                if tried:  # as who sees that nothing came
                    self.page.keyboard.press("Shift+Tab")
                    self.page.keyboard.press("Tab")
                    self.page.keyboard.press("Control+A")
                    self.page.keyboard.press("Delete")
                self.type_keys(value)
                if self._wait_for(lambda: heard):
                    return
        raise AssertionError("the app never heard what was typed")

    @contextmanager
    def _listening(self, value: str) -> Iterator[list[str]]:
        """What grows each time the app is told of ``value``: Flutter's field may not be listening yet while the page
        already shows the words, and a slow machine tells late."""
        heard: list[str] = []
        packed = msgpack.packb(value)

        def hear(sent: bytes | str) -> None:
            if isinstance(sent, bytes) and packed in sent:
                heard.append(value)

        self._socket.on("framesent", hear)
        try:
            yield heard
        finally:
            self._socket.remove_listener("framesent", hear)

    def _wait_for(self, met: Callable[[], object]) -> bool:
        """Whether ``met`` soon holds."""
        for _ in range(TELLING // 100):
            if met():
                return True
            self.page.wait_for_timeout(100)
        return False

    def save(self, button: str, path: Path) -> None:
        """Press ``button``, which hands a file over, and keep that file at ``path``."""
        with self.page.expect_download() as handed:
            self._click(self.find(button))
        handed.value.save_as(path)

    def choose_file(self, button: str, *paths: Path) -> None:
        """Press ``button``, which asks for files, and give it those at ``paths``."""
        with self.page.expect_file_chooser() as asked:
            self._click(self.find(button))
        asked.value.set_files(paths)

    def hide(self, told: str) -> None:
        """As when another tab is shown in its place, until the app has sent ``told``, to be painted on the return: of
        all the views that lie one over another, for each of which it is sent by itself."""
        with self._socket.expect_event("framereceived", lambda sent: told.encode() in sent):
            self.page.evaluate(TURN, "hidden")
        self.page.wait_for_timeout(SETTLING)

    def show(self) -> None:
        """Come back to this tab."""
        self.page.evaluate(TURN, "visible")

    def see_cover(self) -> None:
        """Wait until nothing is painted where names and titles are."""
        for _ in range(PATIENCE // 50):
            image = Image.open(BytesIO(self.page.screenshot()))
            if image.crop((0, 0, image.width, image.height // 3)).getcolors(1):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("the screen is not covered")

    def type_keys(self, text: str) -> None:
        """Press the keys of a hardware keyboard, one after the other."""
        self.page.keyboard.type(text, delay=30)

    def scroll_to(self, text: str | re.Pattern[str], *, beside: bool = False) -> Locator:
        """Turn the wheel down until ``text`` is found, over the list or ``beside`` it; once more from the top."""
        self._point_at(2 / 3 if beside else 1 / 3)
        for turn in range(80):
            if self._anything(text).count():
                self.page.wait_for_timeout(SETTLING)  # what comes above pushes it away
                if self._anything(text).count():
                    return self._anything(text).first
            self.page.mouse.wheel(0, 600 if turn != 40 else -40_000)
            self.page.wait_for_timeout(80)
        raise AssertionError(f"{text!r} not found by scrolling")

    def scroll_on(self, pixels: int, *, beside: bool = False) -> None:
        """Turn the wheel down by so many, over the list or what is ``beside`` it."""
        self._point_at(2 / 3 if beside else 1 / 3)
        self.page.mouse.wheel(0, pixels)

    def scroll_up(self) -> None:
        """Turn the wheel back to the top."""
        self._point_at(1 / 3)
        self.page.mouse.wheel(0, -20_000)

    def _point_at(self, part: float) -> None:
        self.page.mouse.move(self.size[0] * part, self.size[1] / 2)

    def tree(self) -> str:
        """What a screen reader finds, as text."""
        return self.page.locator("body").aria_snapshot()

    def shoot(self, path: Path) -> None:
        """A picture of the screen, animations ended."""
        self.page.mouse.move(0, 0)
        self.page.wait_for_timeout(500)
        self.page.screenshot(path=path)

    def _anything(self, text: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_text(text).or_(self.page.get_by_label(text))

    def _click(self, target: Locator) -> None:
        for _ in range(80):
            if self._hit(target):
                self.page.mouse.move(0, 0)
                return
        raise AssertionError(f"{target} is never within reach")

    def _hit(self, target: Locator) -> bool:
        """Whether it was there when pressed: the button of a sync that begins just then is not, nor what is below."""
        target.wait_for()
        expect(target).to_be_enabled()
        try:
            target.click(force=True)
        except Error as error:
            if "outside of the viewport" in str(error):
                self._roll(target)
            elif "not visible" not in str(error):
                raise
            return False
        return True

    def _roll(self, target: Locator) -> None:
        """Turn the wheel one notch towards ``target``."""
        box = target.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] / 2, self.size[1] / 2)
        self.page.mouse.wheel(0, 200 if box["y"] > 0 else -200)
        self.page.wait_for_timeout(80)

    def _refuse(self, route: Route) -> None:
        self.requests_elsewhere.append(route.request.url)
        route.abort()
