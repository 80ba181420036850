"""The composition root: Config in, ready services out. The only place that constructs them."""

from functools import partial

import httpx

from mes_app.config import Config
from mes_app.crypto.costs import FLOOR, calibrate_cost
from mes_app.crypto.keystore import KeyStore
from mes_app.device.clocks import make_clock
from mes_app.device.hardening import harden_process, read_hardening
from mes_app.device.keystores import choose_biometric_store, choose_key_store
from mes_app.device.launchers import find_launcher
from mes_app.device.logs import are_logs_limited
from mes_app.device.memory import overwrite_freed_memory, release_memory
from mes_app.device.pdf_readers import choose_pdf_reader
from mes_app.device.redirects import open_redirects
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.i18n import t
from mes_app.services.agenda import Agenda
from mes_app.services.appearances import Appearances
from mes_app.services.arranging import Arranging
from mes_app.services.auto_lock import AutoLock, LockSettings
from mes_app.services.backups import Backups
from mes_app.services.booklets import Booklets
from mes_app.services.carnets import Carnets
from mes_app.services.conflicts import Conflicts
from mes_app.services.demonstration import Demonstration
from mes_app.services.doctor import Doctor, Instruments
from mes_app.services.documents import Documents
from mes_app.services.editing import Editing
from mes_app.services.emergency_cards import EmergencyCards, EmergencyChoices
from mes_app.services.exporting import Exporting
from mes_app.services.freshness import Freshness
from mes_app.services.growth import Growths
from mes_app.services.health import Health
from mes_app.services.importing import Importing
from mes_app.services.indexing import Indexing
from mes_app.services.joining import Joining
from mes_app.services.keeping import Keeping
from mes_app.services.linking import Linking
from mes_app.services.login import Login
from mes_app.services.measure_exports import MeasureExports
from mes_app.services.measure_imports import MeasureImports
from mes_app.services.measures import Measures
from mes_app.services.outside import Outside
from mes_app.services.pens import UNDO_SECONDS, Pen
from mes_app.services.pregnancies import Pregnancies
from mes_app.services.prevention import Preventions
from mes_app.services.previews import Previews
from mes_app.services.profiles import Profiles
from mes_app.services.recovery_sheets import RecoverySheets
from mes_app.services.remarks import Remarks
from mes_app.services.schedule import Schedule
from mes_app.services.search import Search
from mes_app.services.selecting import Selecting
from mes_app.services.session import Opened, Session
from mes_app.services.settings import FILE_NAME as SETTINGS
from mes_app.services.settings import Settings
from mes_app.services.status import Status
from mes_app.services.surroundings import Surroundings
from mes_app.services.syncing import Syncing
from mes_app.services.synthesis import Synthesis
from mes_app.services.temporaries import open_temporary, sweep_temporaries
from mes_app.services.turns import Turns
from mes_app.services.unsent import Unsent
from mes_app.services.vault import Vault
from mes_app.services.vault_files import VaultFiles, tidy_vault
from mes_app.services.vault_keys import VaultKeys
from mes_app.services.visibility import VisibilityChoices
from mes_app.store.database import Database
from mes_app.store.drivers import read_cipher_version
from mes_app.sync.bundle_servers import BASE, HOLDER, BundleServer, Writings
from mes_app.sync.networks import Clock, Network, read_authorities, read_clock


def make_carnets(config: Config, turns: Turns | None = None, *, brief: bool = False) -> Carnets:
    """The app for one person at one screen. Call once per window or browser tab: keys are never shared.

    ``turns``: the one of the process, so that a tab which opens the vault locks it in another. ``brief``: the process
    ends with this one command, so that a change waits for no second thought, and memory goes with the process.
    """
    harden_process()
    overwrite_freed_memory()
    tidy_vault(config.data)
    sweep_temporaries(config.data)
    files, clock = VaultFiles(config.data / "vault"), make_clock()
    key_store = choose_key_store(files.folder.exists)
    freshness = Freshness(clock)
    choose_cost = (lambda: FLOOR) if config.least_cost else calibrate_cost
    family = config.assets / "demo" / "family.json.gz"
    writings: Writings = {}
    network = Network(lambda: BundleServer(family, read_clock, _make_transport(), writings))
    vault = Vault(
        config.data,
        VaultKeys(files, key_store, choose_biometric_store(files.folder.exists), clock, choose_cost),
        Surroundings(clock, turns or Turns(), freshness, _keep_memory if brief else release_memory),
        partial(_open_session, config, network, key_store, freshness, undo=0 if brief else UNDO_SECONDS),
        disposable=config.demo,
    )
    login = Login(network, lambda: open_redirects(t("login.browser_done")))
    return Carnets(
        vault=vault,
        auto_lock=AutoLock(clock),
        emergency=EmergencyCards(files, key_store),
        login=login,
        settings=Settings(config.data),
        demonstration=Demonstration(vault, ServerAccount(fhir_base=BASE, sign_in=SignIn.PLAIN, person=HOLDER)),
        doctor=Doctor(config.data, config.server, _choose_instruments(vault, key_store, login)),
        open_temporary=partial(open_temporary, config.data),
        server=config.server,
        user=config.user,
        demo=config.demo,
    )


def _make_transport() -> httpx.AsyncBaseTransport:
    return httpx.AsyncHTTPTransport(verify=read_authorities())


def _keep_memory() -> None:
    """The system takes it back in a moment, and gives it to nobody unwiped."""


def _choose_instruments(vault: Vault, key_store: KeyStore | None, login: Login) -> Instruments:
    return Instruments(
        cipher=read_cipher_version(),
        read_state=vault.state,
        key_store=key_store,
        read_measures=lambda: read_hardening() | {"logs": are_logs_limited()},
        find_server=login.find_server,
    )


async def _open_session(
    config: Config, network: Network, key_store: KeyStore | None, freshness: Freshness, opened: Opened, *, undo: float
) -> Session:
    database, blobs, files = opened.database, opened.blobs, opened.files
    syncing = await Syncing.open(database, blobs, network, freshness, content_limit=config.content_limit)
    schedule = Schedule(database, syncing, network)
    pen = Pen(database, network.now, undo, schedule.note_edit)
    previews = Previews(choose_pdf_reader())
    documents = Documents(pen, blobs, syncing, previews)
    visibility = VisibilityChoices(pen, syncing)
    return _begin_session(database, pen, network.now)(
        profiles=Profiles(pen, freshness),
        documents=documents,
        outside=Outside(partial(open_temporary, config.data), find_launcher()),
        visibility=visibility,
        selecting=Selecting(pen, visibility),
        indexing=Indexing(database, blobs),
        importing=Importing(pen, blobs),
        keeping=Keeping(database, blobs, syncing, network.now),
        booklets=Booklets(database, documents, Editing(pen), config.assets / "fonts"),
        synthesis=Synthesis(database, config.assets / "fonts", freshness),
        schedule=schedule,
        syncing=syncing,
        status=Status(database, syncing),
        unsent=await Unsent.open(pen, files.tally),
        emergency=await EmergencyChoices.open(database, EmergencyCards(files, key_store)),
        backups=Backups(database, blobs, config.data / SETTINGS, freshness),
        exporting=Exporting(database, documents.content, config.assets / "fonts", freshness),
        ways=opened.ways,
        recovery_sheets=RecoverySheets(config.assets / "fonts"),
        subscribe=database.subscribe,
    )


def _begin_session(database: Database, pen: Pen, now: Clock) -> partial[Session]:
    """The services that need the store alone, and who writes in it."""
    return partial(
        Session,
        arranging=Arranging(database),
        search=Search(database),
        joining=Joining(pen),
        health=Health(database),
        measure_imports=MeasureImports(pen),
        measure_exports=MeasureExports(database, now),
        measures=Measures(database),
        growths=Growths(database),
        appearances=Appearances(database),
        preventions=Preventions(database),
        pregnancies=Pregnancies(database),
        agenda=Agenda(database),
        editing=Editing(pen),
        linking=Linking(pen),
        remarks=Remarks(pen),
        conflicts=Conflicts(pen),
        locking=LockSettings(database),
    )
