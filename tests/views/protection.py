"""What protects the fictional family, by hand: ways into the vault, backups and what the service does not have."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import flet as ft
from flet.controls.base_control import BaseControl

from mes_app.domain.documents import Content
from mes_app.domain.record import Kind
from mes_app.errors import Locked, MesError, Reason
from mes_app.i18n import t
from mes_app.main import make_main
from mes_app.services.attempts import Tries
from mes_app.services.unsent import Operation, UnsentChange
from mes_app.services.vault import SecretKind, VaultState
from mes_app.services.ways import Report
from mes_app.views.state import read_today
from tests.views import fakes
from tests.views.harness import App

RECOVERY_CODE = "7K2M-0QX9-B4TD-WZ81-H5NC-3RVE-P6SA"
PASSPHRASE = "quatre mots sans rapport"
NEW_PIN = "314592"


class FakeWays:
    """``proved``: the owner was just proved; each wrong secret is in ``tries``."""

    def __init__(self) -> None:
        self.secret = fakes.PIN
        self.proved = False
        self.tries = 0
        self.wait = 0
        self.can_use_biometrics = False
        self.biometrics = False
        self.recovery = ""
        self.keys = 0
        self.documents = asyncio.Queue[int]()

    def require(self) -> None:
        if not self.proved:
            raise Locked(Reason.CONFIRM_SECRET)

    async def confirm(self, secret: str) -> None:
        await asyncio.sleep(0)
        if secret != self.secret:
            self.tries += 1
            self.wait = 60 if self.tries > 3 else 0
            raise Locked(Reason.WRONG_SECRET, wait=self.wait)
        self.proved = True

    async def change_secret(self, secret: str, new: str) -> None:
        await self.confirm(secret)
        self.secret = new

    async def prepare_recovery(self, secret: str) -> SimpleNamespace:
        await self.confirm(secret)
        return SimpleNamespace(code=RECOVERY_CODE)

    async def keep_recovery(self, draft: SimpleNamespace) -> None:
        self.recovery = draft.code

    async def enable_biometrics(self, secret: str) -> None:
        await self.confirm(secret)
        self.biometrics = True

    async def disable_biometrics(self) -> None:
        self.biometrics = False

    async def change_key(self, secret: str, report: Report) -> None:
        await self.confirm(secret)
        self.recovery, self.biometrics = "", False
        while (done := await self.documents.get()) < 3:
            report(done, 3)
        self.keys += 1


@dataclass
class FakeBackups:
    """Reports each number put into ``written``, of 2,000,000; None ends it well."""

    ways: FakeWays
    written: asyncio.Queue[int | None] = field(default_factory=asyncio.Queue)
    files: dict[Path, str] = field(default_factory=dict)
    error: MesError | None = None

    async def write(self, path: Path, passphrase: str, report: Report) -> None:
        self.ways.require()
        if self.error:
            raise self.error
        while (done := await self.written.get()) is not None:
            report(done, 2_000_000)
        report(2_000_000, 2_000_000)
        await asyncio.to_thread(path.write_bytes, b"sealed")
        self.files[path] = passphrase


class FakeSheets:
    async def make(self, code: str) -> Content:
        return Content(data=code.encode(), content_type="application/pdf", file_name="fiche-recuperation.pdf")


@dataclass
class FakeSynthesis:
    """A file that says whether it has the whole NIR; ``made`` counts them."""

    ways: FakeWays
    made: int = 0

    async def make(self, pid: str, *, show_nir: bool = False) -> Content:
        if show_nir:
            self.ways.require()
        self.made += 1
        return Content(data=f"{pid} {show_nir}".encode(), content_type="application/pdf", file_name="synthese.pdf")


class Signing(fakes.FakeSyncing):
    """A sync one can sign out of; ``untold``: what it raises after it is done."""

    def __init__(self, ways: FakeWays) -> None:
        super().__init__(fakes.make_session(read_today()).syncing.status)
        self.ways = ways
        self.untold: MesError | None = None

    async def disconnect(self) -> None:
        self.ways.require()
        self.known = None
        if self.untold:
            raise self.untold


class ProtectedVault(fakes.FakeVault):
    def __init__(self, session: "ProtectedSession", kind: SecretKind) -> None:
        super().__init__(session, VaultState.LOCKED, kind)
        self.ways = session.ways
        self.wiped = 0

    def has_recovery(self) -> bool:
        return bool(self.ways.recovery)

    def has_biometrics(self) -> bool:
        return bool(self.ways.biometrics)

    async def look_at_tries(self) -> Tries:
        return Tries(wrong=self.ways.tries, wait=self.ways.wait)

    async def wipe(self) -> None:
        self.ways.require()
        await self.lock()
        await asyncio.sleep(0)  # locked, and not erased yet
        self.wiped += 1
        await super().wipe()


@dataclass
class ProtectedSession(fakes.FakeSession):
    """``make_session`` and what protects it."""

    ways: FakeWays = field(default_factory=FakeWays)
    backups: Any = None
    exporting: Any = None
    synthesis: Any = None
    recovery_sheets: FakeSheets = field(default_factory=FakeSheets)
    __hash__ = object.__hash__


C = TypeVar("C", bound=BaseControl)
_WORDS = ("value", "content", "label", "title")


@dataclass
class House:
    """The parts that a story looks at."""

    app: App
    session: ProtectedSession
    vault: ProtectedVault
    carnets: fakes.FakeCarnets
    lasting: asyncio.Task[None] | None = None

    @property
    def ways(self) -> FakeWays:
        return self.session.ways

    def walk(self) -> Iterator[BaseControl]:
        """The controls of the uppermost screen, and of what lies above it."""
        drawn = list(self.app.walk())
        uppermost = [control for control in drawn if isinstance(control, ft.View)][-1]
        above = [control for control in drawn if isinstance(control, ft.AlertDialog | ft.SnackBar) and control.open]
        return chain.from_iterable(map(self.app.walk, [uppermost, *above]))

    def all(self, kind: type[C]) -> list[C]:
        """Those of a class."""
        return [control for control in self.walk() if isinstance(control, kind)]

    def one(self, kind: type[C]) -> C:
        """The only one of its class."""
        (found,) = self.all(kind)
        return found

    def texts(self) -> list[str]:
        """Every text there."""
        return [text.value for text in self.all(ft.Text)]

    def sees(self, key: str) -> bool:
        """Whether these words are there, as a text or as the words of a button."""
        words = t(key)
        return any(words in (getattr(control, name, None) for name in _WORDS) for control in self.walk())

    async def go(self, address: str) -> None:
        self.app.page.navigate(address)
        await self.app.settle()

    async def press(self, key: str) -> None:
        (button,) = [c for c in self.walk() if getattr(c, "content", None) == t(key) and getattr(c, "on_click", None)]
        await self.app.click(button)

    async def tap(self, key: str) -> None:
        """Press the row that says so."""
        row = next(row for row in self.all(ft.ListTile) if t(key) in map(_read_text, self.app.walk(row)))
        await self.app.click(row)

    async def tap_row(self, title: str) -> None:
        """Press the row of this title."""
        row = next(row for row in self.all(ft.ListTile) if title in map(_read_text, self.app.walk(row)))
        await self.app.click(row)

    def saved(self) -> list[bytes | None]:
        """What each dialog for saving was given to write, in the order they were opened."""
        return [args["src_bytes"] for name, args in self.app.client.calls if name == "save_file"]

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait for what happens on a thread."""
        async with asyncio.timeout(10):
            await self.app.until(done)

    async def begin(self, key: str) -> None:
        """Press what lasts, and do not wait for its end."""
        self.lasting = asyncio.create_task(self.press(key))
        await self.app.settle()

    async def enter(self, pin: str, button: str) -> None:
        await self.app.press_keys(pin)
        await self.press(button)

    async def fill(self, label: str, text: str) -> None:
        (field,) = [field for field in self.all(ft.TextField) if field.label == label]
        await self.app.type(field, text)


def _read_text(control: object) -> str:
    return control.value if isinstance(control, ft.Text) else ""


Story = Callable[[House], Awaitable[None]]


def tell(
    story: Story,
    *,
    kind: SecretKind = SecretKind.PIN,
    prepare: Callable[[ProtectedSession], None] | None = None,
    **props: Any,
) -> None:
    """Run ``story`` in the open app of the fictional family, on its first screen. ``props`` are those of the page."""
    plain = fakes.make_session(read_today())
    ways = FakeWays()
    ways.secret = fakes.PIN if kind is SecretKind.PIN else PASSPHRASE
    session = ProtectedSession(
        plain.profiles,
        plain.documents,
        plain.agenda,
        Signing(ways),
        ways=ways,
        backups=FakeBackups(ways),
        synthesis=FakeSynthesis(ways),
    )
    if prepare:
        prepare(session)
    vault = ProtectedVault(session, kind)
    carnets = fakes.make_carnets(session)
    carnets.vault = vault

    async def run() -> None:
        app = App(make_main(lambda: carnets))  # type: ignore[arg-type, return-value]
        app.props.update(props)
        async with app:
            if kind is SecretKind.PIN:
                await app.press_keys(fakes.PIN)
            else:
                await app.type(app.one(ft.TextField), fakes.PIN)
            await app.click(app.button(t("lock.unlock")))
            await story(House(app, session, vault, carnets))

    asyncio.run(run())


UNSENT = [
    UnsentChange("p2", Kind.VACCINES, "Rappel DTP", Operation.CREATED, "v1"),
    UnsentChange("p0", Kind.ALLERGIES, "Nickel", Operation.DELETED, "a1"),
]
