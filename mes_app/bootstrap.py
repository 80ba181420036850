"""The composition root: Config in, ready services out. The only place that constructs them."""

from functools import partial

import httpx

from mes_app.config import Config
from mes_app.device.hardening import harden_process
from mes_app.device.keystores import choose_key_store
from mes_app.device.pdf_readers import choose_pdf_reader
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.services.agenda import Agenda
from mes_app.services.carnets import Carnets
from mes_app.services.demonstration import Demonstration
from mes_app.services.doctor import Doctor
from mes_app.services.documents import Documents
from mes_app.services.health import Health
from mes_app.services.login import Login
from mes_app.services.previews import Previews
from mes_app.services.profiles import Profiles
from mes_app.services.session import Session
from mes_app.services.settings import Settings
from mes_app.services.status import Status
from mes_app.services.syncing import Syncing
from mes_app.services.synthesis import Synthesis
from mes_app.services.vault import Vault
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.drivers import read_cipher_version
from mes_app.sync.bundle_servers import BASE, HOLDER, BundleServer
from mes_app.sync.networks import Network, read_clock


def make_carnets(config: Config) -> Carnets:
    """The app for one person at one screen. Call once per window or browser tab: keys are never shared."""
    harden_process()
    family = config.assets / "demo" / "family.json.gz"
    network = Network(lambda: BundleServer(family, read_clock, httpx.AsyncHTTPTransport()))
    vault = Vault(config.data, choose_key_store(), partial(_open_session, config, network))
    login = Login(network)
    return Carnets(
        vault=vault,
        login=login,
        settings=Settings(config.data),
        demonstration=Demonstration(vault, ServerAccount(fhir_base=BASE, sign_in=SignIn.PLAIN, person=HOLDER)),
        doctor=Doctor(config.data, vault, config.server, login.find_server, read_cipher_version()),
        server=config.server,
        user=config.user,
        demo=config.demo,
    )


async def _open_session(config: Config, network: Network, database: Database, blobs: Blobs) -> Session:
    syncing = await Syncing.open(database, blobs, network, content_limit=config.content_limit)
    previews = Previews(choose_pdf_reader())
    return Session(
        profiles=Profiles(database),
        documents=Documents(database, blobs, syncing, previews),
        health=Health(database),
        agenda=Agenda(database),
        synthesis=Synthesis(database, previews, config.assets / "fonts"),
        syncing=syncing,
        status=Status(database, syncing),
        subscribe=database.subscribe,
    )
