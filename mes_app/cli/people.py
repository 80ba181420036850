"""Records that begin on this device: the first with the vault itself, without account or server, and others later."""

import argparse
from collections.abc import Awaitable, Callable
from datetime import date

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.files import read_file
from mes_app.cli.joining import join
from mes_app.cli.terminal import Terminal
from mes_app.domain.newcomers import Newcomer, fill_from_ins, read_newcomer, split_name
from mes_app.domain.people import COLOURS, Profile, Sex
from mes_app.i18n import t
from mes_app.services.appearances import Appearances
from mes_app.services.carnets import Carnets
from mes_app.services.session import Session


async def start(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """A vault without server, and whose record begins in it. Raises NotAllowed(VAULT_EXISTS), Rejected."""
    newcomer = _read(arguments, terminal)
    session = await carnets.vault.create(terminal.ask_secret(f"new_{carnets.vault.new_kind()}", "MES_PIN"))
    profile = await session.profiles.add(newcomer)
    terminal.answer(_tell(profile), [t("cli.started", name=profile.name)])


async def use_people(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Tell whose records are here, add somebody, correct who somebody added is, join or remove what began here."""
    if arguments.action == "add":
        profile = await session.profiles.add(_read(arguments, terminal))
        terminal.answer(_tell(profile), [t("cli.person_added", name=profile.name)])
    elif arguments.action == "join":
        await join(session, arguments, terminal)
    elif arguments.action == "remove":
        profile = await choose_profile(session, arguments.profile)
        await session.profiles.remove(profile.pid)
        terminal.answer({"removed": profile.pid}, [t("cli.person_removed", name=profile.name)])
    elif arguments.action in _LOOKS:
        profile = await choose_profile(session, arguments.profile)
        await _LOOKS[arguments.action](session.appearances, profile.pid, arguments)
        terminal.answer({"pid": profile.pid}, [t("cli.written_here")])
    elif arguments.action == "edit":
        profile = await choose_profile(session, arguments.profile)
        told, former = _read(arguments, terminal), await session.profiles.recall(profile.pid)
        await session.profiles.correct(profile.pid, told.model_copy(update={"nir": told.nir or former.nir}))
        terminal.answer({"pid": profile.pid}, [t("cli.person_corrected")])
    else:
        people = await session.profiles.list()
        terminal.answer([_tell(profile) for profile in people], [_tell_line(profile) for profile in people])


async def _recolour(appearances: Appearances, pid: str, arguments: argparse.Namespace) -> None:
    await appearances.choose_colour(pid, COLOURS[arguments.colour])


async def _choose_sign(appearances: Appearances, pid: str, arguments: argparse.Namespace) -> None:
    if arguments.photo:
        await appearances.choose_photo(pid, read_file(arguments.photo))
    else:
        await appearances.choose_symbol(pid, arguments.symbol or "")


async def _move(appearances: Appearances, pid: str, arguments: argparse.Namespace) -> None:
    await appearances.move(pid, 1 if arguments.way == "down" else -1)


_LOOKS: dict[str, Callable[[Appearances, str, argparse.Namespace], Awaitable[None]]] = {
    "colour": _recolour,
    "sign": _choose_sign,
    "order": _move,
}


def _read(arguments: argparse.Namespace, terminal: Terminal) -> Newcomer:
    """Whom the code of their identity names, if there is one, else as told; what is told beside it counts."""
    code = terminal.ask_secret("ins", "MES_INS") if arguments.ins == "-" else arguments.ins
    nir = terminal.ask_secret("nir", "MES_NIR") if arguments.nir == "-" else arguments.nir
    told = split_name(arguments.name) | {
        "birth": arguments.birth,
        "sex": arguments.sex.replace(Sex.UNKNOWN, ""),
        "nir": nir,
    }
    values = fill_from_ins({"ins": code}) | {name: text for name, text in told.items() if text}
    return read_newcomer(values, date.today(), confirmed=arguments.confirm)  # noqa: DTZ011 - the day of whoever types


def _tell(profile: Profile) -> dict[str, object]:
    birth = profile.birth.text if profile.birth else None
    colour = next((name for name, colour in COLOURS.items() if colour == profile.colour), "")
    return {
        "pid": profile.pid,
        "name": profile.name,
        "birth": birth,
        "sex": profile.sex,
        "local": profile.is_local,
        "colour": colour,
        "sign": "photo" if profile.photo else profile.symbol or "initials",
    }


def _tell_line(profile: Profile) -> str:
    birth = i18n.partial(profile.birth.text) if profile.birth else ""
    place = t("cli.person_here") if profile.is_local else ""
    return f"{profile.pid}  {birth:<18} {profile.name}  {place}".rstrip()
