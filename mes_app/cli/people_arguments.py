"""The commands and options about whose records are here. Nothing is done here."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mes_app.domain.people import COLOURS, SYMBOLS, Sex
from mes_app.domain.record import Kind
from mes_app.i18n import t

Commands = Any
"""What ``add_subparsers`` gives, whose type argparse keeps to itself."""
AddCommand = Callable[..., argparse.ArgumentParser]
"""Adds a command to Commands by its name, and the word of its help where that is another one."""


def add_people(commands: Commands, add: AddCommand) -> None:
    """`start`, and `people` with what can be done with them."""
    actions = add(commands, "people").add_subparsers(dest="action", metavar="ACTION")
    changing, adding = add(actions, "edit", "people_edit"), add(actions, "add", "people_add")
    changing.add_argument("--profile", required=True, help=t("cli.help_profile"))
    _add_joining(add(actions, "join", "people_join"))
    removing = add(actions, "remove", "people_remove")
    removing.add_argument("--profile", required=True, help=t("cli.help_profile"))
    _add_looks(actions, add)
    for parser in (add(commands, "start"), adding, changing):
        parser.add_argument("--name", default="", required=parser is changing, help=t("cli.help_name"))
        parser.add_argument("--birth", default="", required=parser is changing, help=t("cli.help_birth"))
        parser.add_argument("--sex", choices=[*Sex], default=Sex.UNKNOWN, help=t("cli.help_sex"))
        parser.add_argument("--nir", default="", metavar="NUMBER", help=t("cli.help_nir"))
        parser.add_argument("--confirm", action="store_true", help=t("cli.help_confirm"))
        parser.add_argument("--ins", default="", metavar="CODE", help=t("cli.help_ins"))


def _add_joining(joining: argparse.ArgumentParser) -> None:
    joining.add_argument("local", help=t("cli.help_join_local"))
    joining.add_argument("into", metavar="service", help=t("cli.help_join_into"))
    which = joining.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help=t("cli.help_join_all"))
    which.add_argument("--kinds", nargs="+", choices=[*Kind], metavar="KIND", help=t("cli.help_join_kinds"))
    joining.add_argument("--yes", action="store_true", help=t("cli.help_join_yes"))


def _add_looks(actions: Commands, add: AddCommand) -> None:
    colour, sign, order = (add(actions, name, f"people_{name}") for name in ("colour", "sign", "order"))
    for parser in (colour, sign, order):
        parser.add_argument("--profile", required=True, help=t("cli.help_profile"))
    colour.add_argument("colour", choices=[*COLOURS], help=t("cli.help_colour"))
    either = sign.add_mutually_exclusive_group(required=True)
    either.add_argument("--initials", action="store_true", help=t("cli.help_initials"))
    either.add_argument("--symbol", choices=SYMBOLS, help=t("cli.help_symbol"))
    either.add_argument("--photo", type=Path, help=t("cli.help_photo"))
    order.add_argument("way", choices=["up", "down"], help=t("cli.help_way"))
