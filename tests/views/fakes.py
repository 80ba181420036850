"""Hand-written services with a fictional family, for drawing screens without store or network."""

# ruff: noqa: ARG002 - the signatures are those of the services

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.documents import Category, Content, Document
from mes_app.domain.people import PALETTE, Person, Profile, Sex
from mes_app.domain.record import Change, Kind, Row
from mes_app.domain.servers import CodeRequest, OtpChannel, ServerAccount, SignIn
from mes_app.domain.sync_status import Idle, SyncStatus
from mes_app.domain.values import PARIS, PartialDate
from mes_app.errors import Locked, MesError, Reason, Rejected, SessionExpired, Unreadable
from mes_app.services.attempts import Tries
from mes_app.services.auto_lock import AutoLock, LockDelays
from mes_app.services.indexing import Progress
from mes_app.services.outside import Outside
from mes_app.services.pregnancies import PregnancyBooklet
from mes_app.services.prevention import Prevention
from mes_app.services.previews import Preview
from mes_app.services.settings import Preferences
from mes_app.services.vault import SecretKind, VaultState
from tests.fake_clocks import FakeClocks
from tests.views.desks import FakeConflicts, FakeEditing, FakeLinking, FakeSchedule, FakeUnsent

PIN = "271828"
CODE = "314159"
SERVER = ServerAccount(fhir_base="https://sante.example/fhir", sign_in=SignIn.CHALLENGE)


def make_family(today: date) -> list[Profile]:
    """A parent and two children."""
    births = {"Camille Martin": 38 * 365 + 30, "Léo Martin": 9 * 365 + 60, "Jeanne Martin": 425}
    return [
        Profile(
            pid=f"p{place}",
            rid=f"r{place}",
            name=name,
            birth=PartialDate(text=(today - timedelta(days=days)).isoformat()),
            colour=PALETTE[place],
            position=place,
            holder=place == 0,
        )
        for place, (name, days) in enumerate(births.items())
    ]


def make_documents(pid: str, today: date) -> list[Row]:
    """Three unread documents of different categories, newest first."""
    told = (
        ("Résultats d’analyses de sang", "Laboratoire des Tilleuls", Category.LABORATORY, 1),
        ("Ordonnance du Dr Sophie Bernard", "Dr Sophie Bernard", Category.PRESCRIPTIONS, 3),
        ("Compte rendu de consultation d’endocrinologie", "Hôpital Saint-Louis", Category.REPORTS, 40),
    )
    return [
        Row(
            id=f"{pid}-d{place}",
            profile=pid,
            kind=Kind.DOCUMENTS,
            title=title,
            subtitle=author,
            category=category,
            date_text=(today - timedelta(days=days)).isoformat(),
            unread=True,
        )
        for place, (title, author, category, days) in enumerate(told)
    ]


def make_appointment(pid: str, today: date) -> Row:
    """An appointment in three days at 14:05."""
    start = datetime.combine(today + timedelta(days=3), datetime.min.time(), PARIS).replace(hour=14, minute=5)
    return Row(
        id=f"{pid}-a0",
        profile=pid,
        kind=Kind.APPOINTMENTS,
        title="Consultation d’endocrinologie",
        subtitle="Dr Inès Moreau · Hôpital Saint-Louis",
        date_text=start.isoformat(),
        status="booked",
    )


class FakeProfiles:
    """``details``: how the holder is reached; nothing is known of the others."""

    def __init__(self, family: list[Profile]) -> None:
        self.family = family
        self._details = ContactDetails(
            id="patient", mobile="06 39 98 10 24", email="c.martin@famille.example", city="Lyon"
        )

    async def list(self) -> list[Profile]:
        return self.family

    async def person(self, pid: str) -> Person | None:
        return Person(name="Camille Martin", birth=PartialDate(text="1988-07-12"), sex=Sex.FEMALE)

    async def details(self, pid: str) -> ContactDetails | None:
        return self._details if pid == "p0" else None


class FakeDocuments:
    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self.rows = rows

    async def unread(self, pid: str, limit: int = 3) -> list[Row]:
        return self.rows.get(pid, [])[:limit]

    async def papers(self, pid: str) -> list[Document]:
        return []

    async def preview(self, content: Content) -> Preview:
        raise Unreadable(Reason.NO_PREVIEW)


class BrokenDocuments:
    def __init__(self, error: Exception) -> None:
        self.error = error

    async def unread(self, pid: str, limit: int = 3) -> list[Row]:
        raise self.error


class FakeAgenda:
    def __init__(self, rows: dict[str, Row]) -> None:
        self.rows = rows

    async def next(self, pid: str) -> Row | None:
        return self.rows.get(pid)


class FakePreventions:
    async def read(self, pid: str, today: date) -> Prevention:
        return Prevention()


class FakePregnancies:
    async def read(self, pid: str, today: date) -> PregnancyBooklet:
        return PregnancyBooklet()


class FakeLockSettings:
    def __init__(self) -> None:
        self.kept = LockDelays()

    async def read(self) -> LockDelays:
        return self.kept

    async def save(self, delays: LockDelays) -> None:
        self.kept = delays


class FakeSyncing:
    def __init__(self, status: SyncStatus, account: ServerAccount | None = SERVER) -> None:
        self.status = status
        self.known = account
        self.runs = 0
        self.thorough = False
        self.listeners: list[Callable[[SyncStatus], None]] = []
        self.answer: Callable[[], SyncStatus] = lambda: status

    def tell(self, status: SyncStatus) -> None:
        self.status = status
        for listener in tuple(self.listeners):
            listener(status)

    def subscribe(self, listener: Callable[[SyncStatus], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    async def run(self, first: str | None = None, *, thorough: bool = False) -> SyncStatus:
        self.runs += 1
        self.thorough = thorough
        self.tell(self.answer())
        return self.status

    async def cancel(self) -> None:
        self.runs = -1

    def note_network(self, *, metered: bool) -> None:
        self.metered = metered

    async def account(self) -> ServerAccount | None:
        return self.known

    async def connect(self, account: ServerAccount) -> None:
        self.known = account


class FakeIndexing:
    """Reads nothing; the test tells how far it is."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.started = 0
        self.listeners: list[Callable[[Progress | None], None]] = []

    def start(self) -> None:
        self.started += 1

    def subscribe(self, listener: Callable[[Progress | None], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, progress: Progress | None) -> None:
        self.progress = progress
        for listener in tuple(self.listeners):
            listener(progress)


@contextmanager
def open_scratch() -> Iterator[Path]:
    """A folder that goes."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@dataclass
class FakeSession:
    profiles: Any
    documents: Any
    agenda: Any
    syncing: FakeSyncing
    temporary: bool = False
    locking: FakeLockSettings = field(default_factory=FakeLockSettings)
    health: Any = None
    measures: Any = None
    preventions: FakePreventions = field(default_factory=FakePreventions)
    pregnancies: FakePregnancies = field(default_factory=FakePregnancies)
    keeping: Any = None
    indexing: FakeIndexing = field(default_factory=FakeIndexing)
    editing: FakeEditing = field(default_factory=FakeEditing)
    linking: FakeLinking = field(default_factory=FakeLinking)
    conflicts: FakeConflicts = field(default_factory=FakeConflicts)
    unsent: FakeUnsent = field(default_factory=FakeUnsent)
    schedule: FakeSchedule = field(init=False)
    listeners: list[Callable[[frozenset[Change]], None]] = field(default_factory=list)
    outside: Outside = field(default_factory=lambda: Outside(open_scratch, None))

    def __post_init__(self) -> None:
        self.schedule = FakeSchedule(self.syncing)

    def subscribe(self, listener: Callable[[frozenset[Change]], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def commit(self, *changes: Change) -> None:
        """What the store does after a transaction."""
        for listener in tuple(self.listeners):
            listener(frozenset(changes))

    __hash__ = object.__hash__


def make_session(
    today: date, *, people: int = 3, temporary: bool = False, status: SyncStatus | None = None
) -> FakeSession:
    """An open session over the fictional family."""
    family = make_family(today)[:people]
    return FakeSession(
        profiles=FakeProfiles(family),
        documents=FakeDocuments({"p0": make_documents("p0", today), "p2": make_documents("p2", today)[:1]}),
        agenda=FakeAgenda({"p0": make_appointment("p0", today)}),
        syncing=FakeSyncing(status or Idle(datetime.now().astimezone() - timedelta(minutes=5))),
        temporary=temporary,
    )


async def pass_by(backup: Path) -> None:
    """Work that takes no time."""


class FakeVault:
    """``tries`` and ``refusals`` (what the next ways in raise) are set by the test; ``given`` is what was asked."""

    def __init__(self, session: FakeSession, state: VaultState, kind: SecretKind = SecretKind.PIN) -> None:
        self.session, self.now, self.kind, self.locks = session, state, kind, 0
        self.listeners: list[Callable[[], None]] = []
        self.why: Reason | None = None
        self.code: str | None = None
        self.lost: int | None = None
        self.finger = False
        self.tries = Tries(wrong=0, wait=0)
        self.refusals: list[MesError] = []
        self.given: list[tuple[Any, ...]] = []
        self.steps: list[Tries] = []
        self.work: Callable[[Path], Awaitable[None]] = pass_by

    def state(self) -> VaultState:
        return self.now

    def fault(self) -> Reason | None:
        return self.why

    def secret_kind(self) -> SecretKind:
        return self.kind

    def new_kind(self) -> SecretKind:
        return self.kind

    def has_recovery(self) -> bool:
        return self.code is not None

    def has_biometrics(self) -> bool:
        return self.finger

    def count_lost(self) -> int | None:
        return self.lost

    async def look_at_tries(self) -> Tries:
        if self.steps:
            self.tries = self.steps.pop(0)
        return self.tries

    async def create(self, secret: str, *, replace: bool = False) -> FakeSession:
        return await self._open("create", secret, replace, new=secret)

    async def restore(
        self, backup: Path, passphrase: str, secret: str, report: Callable[[int, int], None], *, replace: bool = False
    ) -> FakeSession:
        report(12_000_000, 340_000_000)
        await self.work(backup)
        return await self._open("restore", backup, passphrase, secret, replace, new=secret)

    async def unlock(self, secret: str) -> FakeSession:
        await asyncio.sleep(0)
        if secret != PIN and not self.refusals:
            raise Locked(Reason.WRONG_SECRET)
        return await self._open("unlock", secret)

    async def unlock_by_biometrics(self) -> FakeSession:
        return await self._open("biometrics")

    async def recover(self, code: str, secret: str) -> FakeSession:
        return await self._open("recover", code, secret, new=secret)

    async def _open(self, *given: Any, new: str = PIN) -> FakeSession:
        self.given.append(given)
        if len(new) < 6:
            raise Rejected("secret", Reason.TOO_SHORT)
        if self.refusals:
            raise self.refusals.pop(0)
        self.now = VaultState.OPEN
        return self.session

    async def lock(self) -> None:
        self.locks += 1
        self.now = VaultState.ABSENT if self.session.temporary else VaultState.LOCKED
        for listener in tuple(self.listeners):
            listener()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    async def wipe(self) -> None:
        self.now = VaultState.ABSENT


class FakeEmergency:
    available = True

    def __init__(self) -> None:
        self.shown: list[Any] = []

    def is_on(self) -> bool:
        return bool(self.shown)

    async def read(self) -> list[Any]:
        return self.shown


class FakeLogin:
    def __init__(self, channel: OtpChannel = OtpChannel.EMAIL) -> None:
        self.channel = channel
        self.code_alone = True

    async def find_server(self, url: str) -> ServerAccount:
        if not url.startswith("https://"):
            raise Rejected("server", Reason.INSECURE_URL)
        return SERVER

    async def send_password(self, server: ServerAccount, user: str, password: str) -> CodeRequest:
        if password != "bon":
            raise Rejected("password", Reason.WRONG_CREDENTIALS)
        return CodeRequest(channel=self.channel, hint="c•••@exemple.fr")

    async def ask_code(self, account: ServerAccount) -> CodeRequest:
        if not self.code_alone:
            raise SessionExpired
        return CodeRequest(channel=self.channel, hint="c•••@exemple.fr")

    async def send_code(self, code: str) -> ServerAccount:
        if code != CODE:
            raise Rejected("code", Reason.WRONG_CODE)
        return SERVER

    async def resend_code(self) -> CodeRequest:
        return CodeRequest(channel=self.channel, hint="c•••@exemple.fr")

    async def connect_plain(self, url: str, patients: list[str], bearer: str | None) -> ServerAccount:
        return SERVER


class FakeSettings:
    def __init__(self, preferences: Preferences) -> None:
        self.kept = preferences

    def read(self) -> Preferences:
        return self.kept

    def save(self, preferences: Preferences) -> None:
        self.kept = preferences


class FakeDemonstration:
    def __init__(self, vault: FakeVault) -> None:
        self.vault = vault

    async def open(self) -> FakeSession:
        self.vault.session.temporary = True
        self.vault.now = VaultState.OPEN
        return self.vault.session


@dataclass
class FakeCarnets:
    vault: FakeVault
    login: FakeLogin
    settings: FakeSettings
    demonstration: FakeDemonstration
    clocks: FakeClocks
    auto_lock: AutoLock
    emergency: FakeEmergency = field(default_factory=FakeEmergency)
    open_temporary: Callable[[], AbstractContextManager[Path]] = open_scratch
    server: str = "https://sante.example"
    user: str = ""
    demo: bool = False


def make_carnets(
    session: FakeSession,
    state: VaultState = VaultState.LOCKED,
    *,
    kind: SecretKind = SecretKind.PIN,
    preferences: Preferences | None = None,
) -> FakeCarnets:
    """The app around ``session``."""
    vault = FakeVault(session, state, kind)
    clocks, settings = FakeClocks(), FakeSettings(preferences or Preferences())
    return FakeCarnets(vault, FakeLogin(), settings, FakeDemonstration(vault), clocks, AutoLock(clocks.clock))
