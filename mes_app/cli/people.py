"""Records that begin on this device: the first with the vault itself, without account or server, and others later."""

import argparse
from datetime import date

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.joining import join
from mes_app.cli.terminal import Terminal
from mes_app.domain.newcomers import Newcomer, read_newcomer, split_name
from mes_app.domain.people import Profile
from mes_app.i18n import t
from mes_app.services.carnets import Carnets
from mes_app.services.session import Session


async def start(carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """A vault without server, and whose record begins in it. Raises NotAllowed(VAULT_EXISTS), Rejected."""
    newcomer = _read(arguments)
    session = await carnets.vault.create(terminal.ask_secret(f"new_{carnets.vault.new_kind()}", "MES_PIN"))
    profile = await session.profiles.add(newcomer)
    terminal.answer(_tell(profile), [t("cli.started", name=profile.name)])


async def use_people(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Tell whose records are here, add somebody, correct who somebody added is, join or remove what began here."""
    if arguments.action == "add":
        profile = await session.profiles.add(_read(arguments))
        terminal.answer(_tell(profile), [t("cli.person_added", name=profile.name)])
    elif arguments.action == "join":
        await join(session, arguments, terminal)
    elif arguments.action == "remove":
        profile = await choose_profile(session, arguments.profile)
        await session.profiles.remove(profile.pid)
        terminal.answer({"removed": profile.pid}, [t("cli.person_removed", name=profile.name)])
    elif arguments.action == "edit":
        profile = await choose_profile(session, arguments.profile)
        await session.profiles.correct(profile.pid, _read(arguments))
        terminal.answer({"pid": profile.pid}, [t("cli.person_corrected")])
    else:
        people = await session.profiles.list()
        terminal.answer([_tell(profile) for profile in people], [_tell_line(profile) for profile in people])


def _read(arguments: argparse.Namespace) -> Newcomer:
    values = split_name(arguments.name) | {"birth": arguments.birth, "sex": arguments.sex}
    return read_newcomer(values, date.today())  # noqa: DTZ011 - the day of whoever types


def _tell(profile: Profile) -> dict[str, object]:
    birth = profile.birth.text if profile.birth else None
    return {"pid": profile.pid, "name": profile.name, "birth": birth, "sex": profile.sex, "local": profile.is_local}


def _tell_line(profile: Profile) -> str:
    birth = i18n.partial(profile.birth.text) if profile.birth else ""
    place = t("cli.person_here") if profile.is_local else ""
    return f"{profile.pid}  {birth:<18} {profile.name}  {place}".rstrip()
