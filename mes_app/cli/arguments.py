"""The commands and options of `mes-app`. Nothing is done here."""

import argparse
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn

from mes_app.cli.people_arguments import add_people
from mes_app.domain.catalogue import UPLOAD_TYPES
from mes_app.domain.document_filters import Order
from mes_app.domain.documents import Category
from mes_app.domain.inputs import ADDABLE, WRITABLE
from mes_app.domain.keeping import MONTHS
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.papers import PaperKind
from mes_app.domain.record import Kind, Source
from mes_app.domain.sections import BOOKLET, SECTIONS
from mes_app.domain.written_moments import DateOrder
from mes_app.i18n import t
from mes_app.services.conflicts import Side
from mes_app.services.measure_exports import ExportForm

LISTED = (Kind.DOCUMENTS, *SECTIONS, *BOOKLET, Kind.APPOINTMENTS, Kind.RESULTS, Kind.REMARKS, Kind.PEOPLE)
CHANGED = tuple(kind for kind in LISTED if kind in WRITABLE)
ADDED = tuple(kind for kind in LISTED if kind in ADDABLE)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse speaks English
        print(t("cli.wrong_use", command=self.prog), file=sys.stderr)
        sys.exit(2)


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """The command and its options; ends the process with exit code 2 on wrong use."""
    return _make_parser().parse_args(words)


@cache
def _make_parser() -> _Parser:
    """Made once: that takes as long as most commands."""
    parser = _Parser(prog="mes-app", description=t("cli.description"))
    parser.add_argument("--data", type=Path, help=t("cli.help_data"))
    parser.add_argument("--web", action="store_true", help=t("cli.help_web"))
    parser.add_argument("--port", type=int, default=0, help=t("cli.help_port"))
    parser.set_defaults(json=False)
    _add_commands(parser.add_subparsers(dest="command", metavar="COMMANDE"))
    return parser


def _add_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    demo = _add(commands, "demo")
    demo.add_argument("--headless", action="store_true", help=t("cli.help_headless"))
    demo.add_argument("--web", action="store_true", help=t("cli.help_web"))
    demo.add_argument("--port", type=int, default=0, help=t("cli.help_port"))
    add_people(commands, _add)
    login = _add(commands, "login")
    login.add_argument("--server", required=True, help=t("cli.help_server"))
    way = login.add_mutually_exclusive_group(required=True)
    way.add_argument("--user", help=t("cli.help_user"))
    way.add_argument("--browser", action="store_true", help=t("cli.help_browser"))
    login.add_argument("--client-id", default="", help=t("cli.help_client_id"))
    connect = _add(commands, "connect")
    connect.add_argument("--fhir", required=True, help=t("cli.help_server"))
    connect.add_argument("--patient", required=True, action="append", help=t("cli.help_patient"))
    connect.add_argument("--bearer", choices=["-"], help=t("cli.help_bearer"))
    _add_protection(commands)
    sync = _profile(_add(commands, "sync"))
    sync.add_argument("--thorough", action="store_true", help=t("cli.help_thorough"))
    _add(commands, "status")
    _add_reading(commands)
    _add_export(commands)
    _add_writing(commands)
    _add_links(commands)
    _add_settling(commands)
    _add_storage(commands)
    _add(commands, "doctor")


def _add_reading(commands: "argparse._SubParsersAction[_Parser]") -> None:
    kinds = [kind.value for kind in LISTED]
    listing = _profile(_add(commands, "list"))
    listing.add_argument("kind", choices=kinds, help=t("cli.help_kind"))
    show = _add(commands, "show")
    show.add_argument("kind", choices=kinds, help=t("cli.help_kind"))
    show.add_argument("id", help=t("cli.help_id"))
    _add_documents(commands)
    search = _profile(_add(commands, "search"))
    search.add_argument("text", nargs="+", metavar="TEXTE", help=t("cli.help_text"))
    _add_filters(search)
    search.set_defaults(sort=Order.NEWEST)
    suggest = _add(commands, "suggest")
    suggest.add_argument("kind", choices=[*CHANGED], help=t("cli.help_kind"))
    suggest.add_argument("field", help=t("cli.help_field"))
    suggest.add_argument("text", nargs="+", metavar="TEXTE", help=t("cli.help_typed"))
    growth = _profile(_add(commands, "growth"))
    growth.add_argument("--weeks", type=int, help=t("cli.help_weeks"))
    _add_measures(_add(commands, "measures").add_subparsers(dest="action", required=True, metavar="ACTION"))
    choice = _profile(_add(commands, "prevention")).add_mutually_exclusive_group()
    for option in ("done", "not-mine", "undo"):
        choice.add_argument(f"--{option}", metavar="ID", help=t(f"cli.help_prevention_{option.replace('-', '_')}"))
    pregnancy = _profile(_add(commands, "pregnancy"))
    pregnancy.add_argument("--all", action="store_true", help=t("cli.help_pregnancy_all"))
    for option in ("hide", "show"):
        pregnancy.add_argument(f"--{option}", metavar="ID", help=t(f"cli.help_pregnancy_{option}"))
    for name in ("synthesis", "booklet"):
        printing = _profile(_add(commands, name))
        printing.add_argument("-o", "--output", type=Path, required=True, help=t("cli.help_output"))


def _add_measures(actions: "argparse._SubParsersAction[_Parser]") -> None:
    table = _profile(_add(actions, "export", "measures_export"))
    table.add_argument("file", type=Path, help=t("cli.help_table"))
    table.add_argument("--measure", choices=[*MeasureType], default="", help=t("cli.help_measure"))
    table.add_argument(
        "--format", type=ExportForm, choices=[*ExportForm], default=ExportForm.CSV, help=t("cli.help_format")
    )
    bringing = _profile(_add(actions, "import", "measures_import"))
    bringing.add_argument("files", type=Path, nargs="+", metavar="FILE", help=t("cli.help_measure_files"))
    bringing.add_argument(
        "--column", dest="columns", type=_read_column, action="append", default=[], metavar="SENS=COLONNE",
        help=t("cli.help_column"),
    )  # fmt: skip
    bringing.add_argument("--dates", choices=[*DateOrder], type=DateOrder, help=t("cli.help_dates"))
    bringing.add_argument("--doubtful", action="store_true", help=t("cli.help_doubtful"))
    bringing.add_argument("--yes", action="store_true", help=t("cli.help_yes"))


def _read_column(text: str) -> tuple[str, str]:
    """``date=Jour``. Raises ValueError."""
    role, separator, name = text.partition("=")
    if not separator:
        raise ValueError
    return role, name


def _add_documents(commands: "argparse._SubParsersAction[_Parser]") -> None:
    documents = commands.add_parser("documents", help=t("cli.command_documents"))
    actions = documents.add_subparsers(dest="action", required=True, metavar="ACTION")
    get = _add(actions, "get")
    get.add_argument("id", help=t("cli.help_id"))
    get.add_argument("-o", "--output", type=Path, required=True, help=t("cli.help_output"))
    file = _profile(_add(actions, "add", "file"))
    file.add_argument("files", type=Path, nargs="+", metavar="FILE", help=t("cli.help_file"))
    file.add_argument("--pages", action="store_true", help=t("cli.help_pages"))
    _add_label(file, required=True)
    changing = _add(actions, "edit", "documents_edit")
    changing.add_argument("id", help=t("cli.help_id"))
    _add_label(changing, required=False)
    _add(actions, "versions", "documents_versions").add_argument("id", help=t("cli.help_id"))
    renaming = _add(actions, "rename", "documents_rename")
    renaming.add_argument("id", help=t("cli.help_id"))
    renaming.add_argument("title", help=t("cli.help_own_title"))
    bringing = _profile(_add(actions, "import", "documents_import"))
    bringing.add_argument("files", type=Path, nargs="+", metavar="FILE", help=t("cli.help_import"))
    bringing.add_argument("--yes", action="store_true", help=t("cli.help_yes"))
    documents_list = _profile(_add(actions, "list", "documents_list"))
    _add_filters(documents_list)
    documents_list.add_argument("--sort", choices=[*Order], default=Order.NEWEST, help=t("cli.help_sort"))
    _add_visibility(actions)
    _add_arranging(actions)


def _add_label(parser: _Parser, *, required: bool) -> None:
    """What a document is said to be; what may be left out when it is new may be when it is not."""
    parser.add_argument("--title", required=required, help=t("cli.help_title"))
    parser.add_argument("--category", required=required, choices=[*UPLOAD_TYPES], help=t("cli.help_category"))
    parser.add_argument("--date", help=t("cli.help_date" if required else "cli.help_document_date"))
    parser.add_argument("--paper", choices=[*PaperKind], help=t("cli.help_paper"))
    parser.add_argument("--expires", help=t("cli.help_expires"))


def _add_filters(listing: _Parser) -> None:
    listing.add_argument("--category", choices=[*Category], default="", help=t("cli.help_filter_category"))
    listing.add_argument("--author", default="", help=t("cli.help_author"))
    listing.add_argument("--from", dest="since", default="", metavar="DATE", help=t("cli.help_since"))
    listing.add_argument("--to", dest="until", default="", metavar="DATE", help=t("cli.help_until"))
    listing.add_argument("--source", choices=[*Source], default="", help=t("cli.help_source"))
    listing.add_argument("--hidden", choices=["yes", "no"], default="", help=t("cli.help_hidden"))
    listing.add_argument("--folder", default="", help=t("cli.help_in_folder"))
    listing.add_argument("--unread", action="store_true", help=t("cli.help_unread"))


def _add_visibility(actions: "argparse._SubParsersAction[_Parser]") -> None:
    for name in ("hide", "show"):
        parser = _profile(_add(actions, name, f"documents_{name}"))
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("ids", nargs="*", default=[], metavar="ID", help=t("cli.help_id"))
        which.add_argument("--all", action="store_true", help=t("cli.help_all"))
    visibility = _profile(_add(actions, "visibility", "documents_visibility"))
    visibility.add_argument("--new", choices=["hidden", "shown"], help=t("cli.help_new"))


def _add_arranging(actions: "argparse._SubParsersAction[_Parser]") -> None:
    _profile(_add(actions, "folders", "documents_folders"))
    for name in ("move", "pin", "unpin"):
        _add(actions, name, f"documents_{name}").add_argument("ids", nargs="+", metavar="ID", help=t("cli.help_id"))
    actions.choices["move"].add_argument("--folder", required=True, metavar="NOM", help=t("cli.help_folder"))


def _add_export(commands: "argparse._SubParsersAction[_Parser]") -> None:
    kinds = commands.add_parser("export", help=t("cli.command_export"))
    archive = _add(kinds.add_subparsers(dest="action", required=True, metavar="ACTION"), "archive")
    archive.add_argument("-o", "--output", type=Path, required=True, help=t("cli.help_output"))
    archive.add_argument("--profile", default="", help=t("cli.help_archive_profile"))


def _add_writing(commands: "argparse._SubParsersAction[_Parser]") -> None:
    adding, changing = _profile(_add(commands, "add")), _add(commands, "edit")
    for parser, kinds in ((adding, ADDED), (changing, CHANGED)):
        parser.add_argument("kind", choices=[*kinds], help=t("cli.help_kind"))
        parser.add_argument("--from", dest="values", type=Path, required=True, help=t("cli.help_values"))
        parser.add_argument("--confirm", action="store_true", help=t("cli.help_confirm"))
    adding.add_argument("--link", dest="links", action="append", default=[], metavar="ID", help=t("cli.help_link"))
    changing.add_argument("id", help=t("cli.help_id"))
    denying = _profile(_add(commands, "nothing"))
    denying.add_argument("kind", choices=[kind for kind in ADDED if kind in SECTIONS], help=t("cli.help_kind"))
    deleting = _add(commands, "delete")
    deleting.add_argument("kind", choices=[Kind.DOCUMENTS, *ADDED, Kind.REMARKS], help=t("cli.help_kind"))
    deleting.add_argument("id", help=t("cli.help_id"))


def _add_links(commands: "argparse._SubParsersAction[_Parser]") -> None:
    for name in ("links", "link", "unlink"):
        _add(commands, name).add_argument("id", help=t("cli.help_id"))
    for name in ("link", "unlink"):
        commands.choices[name].add_argument("target", help=t("cli.help_target"))
    reporting = _add(commands, "report")
    reporting.add_argument("id", help=t("cli.help_id"))
    reporting.add_argument("--from", dest="words", type=Path, required=True, help=t("cli.help_words"))


def _add_settling(commands: "argparse._SubParsersAction[_Parser]") -> None:
    choices = _add(commands, "conflicts").add_subparsers(dest="action", metavar="ACTION")
    resolve = _add(choices, "resolve")
    resolve.add_argument("id", help=t("cli.help_id"))
    resolve.add_argument("choices", nargs="+", type=_read_choice, metavar="SIDE", help=t("cli.help_side"))
    _profile(_add(choices, "kept"))
    changes = _add(commands, "outbox").add_subparsers(dest="action", metavar="ACTION")
    for name in ("retry", "drop"):
        _add(changes, name).add_argument("id", help=t("cli.help_id"))


def _read_choice(word: str) -> tuple[str, Side]:
    """``criticality=mine``, or ``mine`` alone for the whole, under an empty name. Raises ValueError."""
    name, _, side = word.rpartition("=")
    return name, Side(side)


def _add_storage(commands: "argparse._SubParsersAction[_Parser]") -> None:
    actions = _add(commands, "storage").add_subparsers(dest="action", metavar="ACTION")
    _add(actions, "free").add_argument("--old", action="store_true", help=t("cli.help_old"))
    _add(actions, "keep").add_argument("months", choices=["0", *map(str, MONTHS)], help=t("cli.help_months"))


def _add_protection(commands: "argparse._SubParsersAction[_Parser]") -> None:
    for name in ("recover", "recovery", "pin", "rekey"):
        _add(commands, name)
    backup = _add(commands, "backup")
    backup.add_argument("-o", "--output", type=Path, required=True, help=t("cli.help_output"))
    restore = _add(commands, "restore")
    restore.add_argument("file", type=Path, help=t("cli.help_backup"))
    restore.add_argument("--replace", action="store_true", help=t("cli.help_replace"))
    for name in ("logout", "wipe"):
        leaving = _add(commands, name)
        leaving.add_argument("--unsent", type=Path, help=t("cli.help_unsent"))
        leaving.add_argument("--force", action="store_true", help=t("cli.help_force"))


def _add(commands: "argparse._SubParsersAction[_Parser]", name: str, word: str | None = None) -> _Parser:
    """The command ``name``, whose help is ``cli.command_<word>``. Inside another it leaves what was said before it."""
    parser = commands.add_parser(name, help=t(f"cli.command_{word or name}"))
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=t("cli.help_json"))
    parser.add_argument("--data", type=Path, default=argparse.SUPPRESS, help=t("cli.help_data"))
    return parser


def _profile(parser: _Parser) -> _Parser:
    parser.add_argument("--profile", default="", help=t("cli.help_profile"))
    return parser
