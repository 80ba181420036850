"""The command line of the server. Secrets come from the terminal, stdin or the environment, never from arguments.

Exit codes: 0 done, 1 refused (one line on stderr), 2 wrong use.
"""

import argparse
import getpass
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

import pyotp
from sqlalchemy.exc import IntegrityError

from mes_backend.app import open_database
from mes_backend.database import reading, writing
from mes_backend.demo.family import build_family
from mes_backend.errors import CommandError
from mes_backend.fhir.store import Store
from mes_backend.households import Identity, link_child, open_account
from mes_backend.login.accounts import Account, Passwords, change_password, find_account
from mes_backend.seeding import Entry, seed_family, seed_load
from mes_backend.serving import LOOPBACK, Place, Plan, serve
from mes_backend.settings import DEFAULT_DATABASE

SHORTEST_PASSWORD = 12


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = _parse(words)
    try:
        arguments.run(arguments)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _serve(arguments: argparse.Namespace) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # leaves through the temporary folder's door
    place = Place(
        arguments.host,
        arguments.port,
        arguments.tls_cert,
        arguments.tls_key,
        arguments.behind_proxy,
        arguments.public_url,
    )
    told = arguments.demo or arguments.json
    serve(place, Plan(arguments.database, arguments.demo, told, arguments.stop_with_stdin), _emit)


def _seed_demo(arguments: argparse.Namespace) -> None:
    store = _open_store(arguments)
    try:
        _show_entries(seed_family(store, Passwords(), build_family(store.today())))
    except IntegrityError as error:
        raise CommandError("La famille de démonstration est déjà dans cette base.") from error


def _seed_load(arguments: argparse.Namespace) -> None:
    _show_entries(seed_load(_open_store(arguments), Passwords(), arguments.patients, arguments.resources))


def _add_user(arguments: argparse.Namespace) -> None:
    secret = None if arguments.email else pyotp.random_base32()
    account = Account(arguments.user, "", Passwords().hash(_ask_password()), arguments.email, secret)
    open_account(_open_store(arguments), account, _read_identity(arguments))
    if secret:
        print(pyotp.TOTP(secret).provisioning_uri(name=account.user, issuer_name="Mes carnets"))


def _change_password(arguments: argparse.Namespace) -> None:
    store = _open_store(arguments)
    with reading(store.engine) as con:
        if find_account(con, arguments.user) is None:
            raise CommandError("Ce compte est inconnu.")
    stored = Passwords().hash(_ask_password())
    with writing(store.engine) as con:
        change_password(con, arguments.user, stored)


def _link_child(arguments: argparse.Namespace) -> None:
    child = arguments.patient or _read_identity(arguments)
    print(link_child(_open_store(arguments), arguments.user, child))


def _open_store(arguments: argparse.Namespace) -> Store:
    return Store(open_database(arguments.database))


def _ask_password() -> str:
    password = os.environ.get("MES_PASSWORD")
    if password is None:
        password = getpass.getpass("Mot de passe : ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST_PASSWORD:
        raise CommandError(f"Le mot de passe doit avoir au moins {SHORTEST_PASSWORD} caractères.")
    return password


def _read_identity(arguments: argparse.Namespace) -> Identity:
    if not (arguments.given and arguments.family and arguments.birth_date):
        raise CommandError("Indiquez --given, --family et --birth-date.")
    return Identity(arguments.given, arguments.family, arguments.birth_date)


def _show_entries(entries: Sequence[Entry]) -> None:
    for entry in entries:
        print(entry.user, entry.password)


def _emit(event: dict[str, object]) -> None:
    print(json.dumps(event), flush=True)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse speaks English
        self.exit(2, f"Commande mal écrite. Voyez : {self.prog} --help\n")


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 - argparse names it nowhere else


def _parse(words: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="mes-backend", description="Le serveur de référence de Mes carnets")
    commands = parser.add_subparsers(required=True, metavar="COMMANDE")
    _add_serve(commands)
    seeds = commands.add_parser("seed", help="remplir la base de personnes fictives")
    _add_seeds(seeds.add_subparsers(required=True, metavar="QUOI"))
    users = commands.add_parser("user", help="gérer les comptes")
    _add_users(users.add_subparsers(required=True, metavar="ACTION"))
    return parser.parse_args(words)


def _add_serve(commands: _Commands) -> None:
    parser = _add(commands, "serve", _serve, "démarrer le serveur")
    parser.add_argument("--demo", action="store_true", help="une base temporaire avec la famille de démonstration")
    parser.add_argument("--json", action="store_true", help="écrire les codes sur la sortie au lieu de les envoyer")
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls-cert", type=Path, metavar="FICHIER")
    parser.add_argument("--tls-key", type=Path, metavar="FICHIER")
    parser.add_argument("--behind-proxy", action="store_true", help="un autre serveur, devant, assure le TLS")
    parser.add_argument("--public-url", metavar="URL", help="l'adresse que les personnes utilisent")
    parser.add_argument("--stop-with-stdin", action="store_true", help="s'arrêter quand l'entrée se ferme")


def _add_seeds(commands: _Commands) -> None:
    _add(commands, "demo", _seed_demo, "la famille de démonstration")
    load = _add(commands, "load", _seed_load, "des dossiers pour les essais de charge")
    load.add_argument("--patients", type=int, default=1, metavar="N")
    load.add_argument("--resources", type=int, default=1000, metavar="M", help="par dossier")


def _add_users(commands: _Commands) -> None:
    user = _add(commands, "add", _add_user, "ouvrir un compte et son dossier ; écrit l'adresse otpauth")
    user.add_argument("user")
    user.add_argument("--email", help="envoyer les codes par courriel plutôt qu'une application d'authentification")
    _add_identity(user)
    _add(commands, "password", _change_password, "changer un mot de passe").add_argument("user")
    child = _add(commands, "link-child", _link_child, "confier un enfant à un compte ; écrit le numéro de son dossier")
    child.add_argument("user")
    child.add_argument("--patient", metavar="NUMÉRO", help="un enfant qui a déjà un dossier")
    _add_identity(child)


def _add_identity(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--given", metavar="PRÉNOM")
    parser.add_argument("--family", metavar="NOM")
    parser.add_argument("--birth-date", type=date.fromisoformat, metavar="AAAA-MM-JJ")


def _add(commands: _Commands, name: str, run: Callable[[argparse.Namespace], None], help_: str) -> _Parser:
    parser = commands.add_parser(name, help=help_)
    parser.add_argument("--database", default=os.environ.get("MES_BACKEND_DATABASE", DEFAULT_DATABASE), metavar="URL")
    parser.set_defaults(run=run)
    return parser
