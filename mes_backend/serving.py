"""Runs the server on one address until it is told to stop.

Only this machine is served by default: another address needs TLS here, or a proxy in front that provides it.
"""

import os
import socket
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread

import uvicorn
from fastapi import FastAPI

from mes_backend.app import create_app
from mes_backend.demo.family import build_family
from mes_backend.errors import CommandError
from mes_backend.fhir.store import Store
from mes_backend.login.desk import Desk
from mes_backend.outbox import Letter
from mes_backend.seeding import seed_family
from mes_backend.settings import Settings, read_mail_settings

LOOPBACK = "127.0.0.1"

Emit = Callable[[dict[str, object]], None]


@dataclass(frozen=True)
class Place:
    """Where to listen (port 0: any free one), what protects the way, and the address people use if another."""

    host: str = LOOPBACK
    port: int = 0
    tls_cert: Path | None = None
    tls_key: Path | None = None
    behind_proxy: bool = False
    public_url: str | None = None


@dataclass(frozen=True)
class Plan:
    """What to serve. ``demo`` uses a database of its own; ``tell_codes``: there is no SMTP server, codes are told."""

    database: str
    demo: bool = False
    tell_codes: bool = False
    stop_with_stdin: bool = False


def serve(place: Place, plan: Plan, emit: Emit) -> None:
    """Serve until a signal, or the end of stdin where ``plan`` says so. Raises CommandError before listening.

    ``emit`` gets one ``listening`` event with ``url`` and ``accounts``, then a ``code`` event for every code told.
    """
    check_place(place, demo=plan.demo)
    with _listen(place) as listener, _choose_database(plan) as database:
        url = place.public_url or _derive_url(place, listener)
        settings = Settings(url, database, plan.demo, mail=None if plan.tell_codes else read_mail_settings())
        if not settings.mail and not plan.tell_codes:
            raise CommandError("Les codes ne peuvent pas partir : renseignez MES_SMTP_HOST, ou ajoutez --json.")
        app = create_app(settings, announce=lambda letter: _tell_code(letter, emit))
        emit({"event": "listening", "url": url, "accounts": _seed(app) if plan.demo else []})
        server = uvicorn.Server(_configure(app, place))
        if plan.stop_with_stdin or (plan.demo and _stdin_is_held()):
            Thread(target=_stop_at_end_of_stdin, args=(server,), daemon=True).start()
        server.run(sockets=[listener])


def check_place(place: Place, *, demo: bool = False) -> None:
    """Raises CommandError where passwords would travel in clear, or the codes of the demonstration leave the machine,
    and where the server could not say its own address."""
    if demo and (place.host != LOOPBACK or place.behind_proxy):
        raise CommandError("La démonstration montre ses codes : elle reste sur cette machine.")
    if (place.tls_cert is None) != (place.tls_key is None):
        raise CommandError("--tls-cert et --tls-key vont ensemble.")
    if place.host != LOOPBACK and not place.tls_cert and not place.behind_proxy:
        raise CommandError("Hors de cette machine, il faut --tls-cert et --tls-key, ou --behind-proxy.")
    if (place.behind_proxy or place.host in ("0.0.0.0", "::")) and not place.public_url:  # noqa: S104 - a refusal
        raise CommandError("Indiquez avec --public-url l'adresse que les personnes utilisent.")


@contextmanager
def _choose_database(plan: Plan) -> Iterator[str]:
    if not plan.demo:
        yield plan.database
        return
    with tempfile.TemporaryDirectory(prefix="mes-carnets-demonstration-") as folder:
        yield f"sqlite:///{Path(folder, 'serveur.db').as_posix()}"


def _listen(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        return socket.create_server((place.host, place.port), family=family)
    except OSError as error:
        raise CommandError(f"Impossible d'écouter sur le port {place.port} de {place.host}.") from error


def _derive_url(place: Place, listener: socket.socket) -> str:
    scheme = "https" if place.tls_cert else "http"
    return f"{scheme}://{place.host}:{listener.getsockname()[1]}"


def _configure(app: FastAPI, place: Place) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,  # addresses of requests name patients
        log_level="warning",
        server_header=False,
        proxy_headers=place.behind_proxy,
        forwarded_allow_ips="*" if place.behind_proxy else None,
        ssl_certfile=place.tls_cert,
        ssl_keyfile=place.tls_key,
        timeout_graceful_shutdown=5,
    )


def _seed(app: FastAPI) -> list[dict[str, str]]:
    desk: Desk = app.state.desk
    store = Store(desk.engine)
    return [asdict(entry) for entry in seed_family(store, desk.passwords, build_family(store.today()))]


def _tell_code(letter: Letter, emit: Emit) -> None:
    emit({"event": "code", "user": letter.user, "code": letter.code})


def _stdin_is_held() -> bool:
    """Whether another process holds the other end: a terminal or a file says nothing about who started us."""
    mode = os.fstat(sys.stdin.fileno()).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _stop_at_end_of_stdin(server: uvicorn.Server) -> None:
    # Not sys.stdin.read(): its lock, held by this thread, would break the end of the process.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.should_exit = True
