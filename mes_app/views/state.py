"""What the screens share: the open session, the sync, and how the window is shaped. One object of each a browser tab.

A component that reads one of these draws again when any of its fields changes: what changes often is kept apart.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import ParamSpec, TypeVar, cast

import flet as ft

from mes_app.domain.people import PALETTE, Profile
from mes_app.domain.sync_status import Idle, SyncStatus
from mes_app.domain.values import PARIS
from mes_app.i18n import t
from mes_app.services.carnets import Carnets
from mes_app.services.importing import Picked
from mes_app.services.session import Session
from mes_app.services.settings import Preferences
from mes_app.services.undoing import Edited
from mes_app.services.unsent import ChangeState, UnsentChange

RAIL_WIDTH, PANES_WIDTH = 720, 1100

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Notice:
    """The ``words`` that say what was just done; ``edited`` where it can be undone."""

    words: str
    edited: Edited | None = None


@ft.observable
@dataclass
class SessionStore:
    """The open vault and its people (None: not read yet; none before the first sync has named them).

    ``pid`` is the profile last shown; ``places`` the address each was left at.
    ``welcoming``: the vault was just made and its first sync is on screen. ``starting_over``: the sign-in shows
    although a vault that cannot be opened is there, which goes once the new one is complete. ``opened``: since the app
    was started, some vault was. ``notice``: what is said right now. ``picked``: files handed over to the import.
    """

    session: Session | None = None
    profiles: Sequence[Profile] | None = None
    pid: str = ""
    welcoming: bool = False
    starting_over: bool = False
    opened: bool = False
    places: dict[str, str] = field(default_factory=dict)
    notice: Notice | None = None
    picked: Sequence[Picked] = ()

    def find(self, pid: str) -> Profile | None:
        """The active profile with this pid."""
        return next((profile for profile in self.profiles or () if profile.pid == pid), None)

    @property
    def local(self) -> list[Profile]:
        """The people whom no service knows."""
        return [profile for profile in self.profiles or () if profile.is_local]

    @property
    def colour(self) -> str:
        """The colour the app takes now; that of the app itself while nobody is shown."""
        shown = self.find(self.pid)
        return shown.colour if shown else PALETTE[0]

    def open(self, session: Session, *, welcoming: bool = False) -> None:
        """Show what ``session`` holds from now on."""
        self.welcoming, self.starting_over, self.opened = welcoming, False, True
        self.session = session

    def tell(self, words: str) -> None:
        """Say what was done, for some seconds."""
        self.notice = Notice(words)

    def offer_undo(self, told: str, edited: Edited) -> None:
        """Say with the words of the key ``told`` what was done, and offer to undo it."""
        self.notice = Notice(t(told), edited)

    def close(self) -> None:
        """Forget every person at once: nothing of a record stays in memory after a lock."""
        self.session, self.profiles, self.pid, self.places, self.notice = None, None, "", {}, None
        self.picked = ()
        self.welcoming = self.starting_over = False


@ft.observable
@dataclass
class SyncStore:
    """What the sync says now; it changes often."""

    status: SyncStatus = field(default_factory=Idle)


@ft.observable
@dataclass
class Outgoing:
    """What the service does not have: how many changes wait for it, how many it refused, and the records (ids) of
    which two versions wait for a choice.
    """

    waiting: int = 0
    refused: int = 0
    conflicts: frozenset[str] = frozenset()

    def note(self, changes: Sequence[UnsentChange]) -> None:
        """Take what was just read."""
        counts = Counter(change.state for change in changes)
        self.waiting = counts[ChangeState.WAITING] + counts[ChangeState.SENDING]
        self.refused = counts[ChangeState.REFUSED]
        self.conflicts = frozenset(change.record_id for change in changes if change.state is ChangeState.CONFLICT)

    @property
    def to_check(self) -> int:
        """How many things only a person can settle."""
        return self.refused + len(self.conflicts)


@ft.observable
@dataclass
class UiPrefs:
    """How the window is shaped and what the person prefers. Widths are kept as steps, never as pixels."""

    preferences: Preferences = field(default_factory=Preferences)
    rail: bool = False
    panes: bool = False

    def fit(self, width: float) -> None:
        """Note the width of the window in pixels."""
        if (self.rail, self.panes) != (width >= RAIL_WIDTH, width >= PANES_WIDTH):
            self.rail, self.panes = width >= RAIL_WIDTH, width >= PANES_WIDTH

    @property
    def margin(self) -> int:
        """The margin of a page in pixels."""
        return 24 if self.rail else 16


@ft.observable
@dataclass
class Cover:
    """Whether the screens are hidden from whoever sees the app without using it, as among those used last."""

    drawn: bool = False


@dataclass(frozen=True)
class AppState:
    """Everything the root component is given."""

    carnets: Carnets
    store: SessionStore = field(default_factory=SessionStore)
    sync: SyncStore = field(default_factory=SyncStore)
    outgoing: Outgoing = field(default_factory=Outgoing)
    ui: UiPrefs = field(default_factory=UiPrefs)
    cover: Cover = field(default_factory=Cover)

    def forget(self) -> None:
        """Drop all that came from the vault, which is locked or about to be."""
        self.carnets.auto_lock.stop()
        self.store.close()
        self.sync.status = Idle()
        self.outgoing.note(())


_Carnets = ft.create_context(cast(Carnets, None))
_Session = ft.create_context(cast(Session, None))
_Store = ft.create_context(cast(SessionStore, None))
_Sync = ft.create_context(cast(SyncStore, None))
_Outgoing = ft.create_context(cast(Outgoing, None))
_Ui = ft.create_context(cast(UiPrefs, None))
_Cover = ft.create_context(cast(Cover, None))


def provide_state(app: AppState, render: Callable[[], R]) -> R:
    """Render with the hooks below available."""
    covered = partial(_Cover, app.cover, render)
    shaped = partial(_Ui, app.ui, covered)
    told = partial(_Sync, app.sync, partial(_Outgoing, app.outgoing, shaped))
    return _Carnets(app.carnets, lambda: _Store(app.store, told))


def provide_session(session: Session, render: Callable[[], R]) -> R:
    """Render what needs an open vault."""
    return _Session(session, render)


def use_carnets() -> Carnets:
    """The services that exist before a vault is open."""
    return ft.use_context(_Carnets)


def use_session() -> Session:
    """The services of the open vault. Only below the lock guard."""
    return ft.use_context(_Session)


def use_store() -> SessionStore:
    """The open session and its people; draws again when they change."""
    return ft.use_context(_Store)


def use_sync() -> SyncStore:
    """The state of the sync; draws again at each step of it."""
    return ft.use_context(_Sync)


def use_outgoing() -> Outgoing:
    """What the service does not have; draws again when that changes."""
    return ft.use_context(_Outgoing)


def use_lock() -> Callable[[], Awaitable[None]]:
    """What closes the vault and leaves; a demonstration is gone then."""
    store, carnets = use_store(), use_carnets()

    async def lock() -> None:
        store.close()
        await carnets.vault.lock()

    return lock


def use_leave() -> Callable[[], Awaitable[None]]:
    """What ends a demonstration: its vault is gone for good, whether open or locked, and the welcome shows again."""
    store, vault = use_store(), use_carnets().vault
    end = vault.lock if store.session and store.session.temporary else vault.wipe

    async def leave() -> None:
        try:
            await end()
        finally:
            store.close()
            store.notify()  # type: ignore[attr-defined]  # drawn again even when nothing was open

    return leave


def use_ui() -> UiPrefs:
    """The shape of the window and the preferences; draws again when they change."""
    return ft.use_context(_Ui)


def use_cover() -> Cover:
    """Whether the screens are hidden; draws again when that changes."""
    return ft.use_context(_Cover)


def use_profile() -> Profile:
    """The profile that the address names; one without a name while the address or the vault is changing."""
    pid = ft.use_route_params().get("pid", "")
    return use_store().find(pid) or Profile(pid=pid)


def read_today() -> date:
    """The day on the device of the person, for ages and relative dates."""
    return date.today()  # noqa: DTZ011 - the day in the room where the screen is, whatever its zone


def read_now() -> datetime:
    """This instant, in the zone in which the times of a record are typed."""
    return datetime.now(PARIS)


def keep_page(react: Callable[P, R]) -> Callable[P, R]:
    """``react``, for a listener that services call later: it finds the page of now, whoever calls it."""
    context = copy_context()

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return context.copy().run(react, *args, **kwargs)

    return call
