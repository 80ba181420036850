"""Folders and pins of documents from a terminal."""

import argparse

from mes_app.cli.choosing import choose_profile
from mes_app.cli.terminal import Terminal
from mes_app.errors import Reason, Rejected
from mes_app.i18n import decimal, t
from mes_app.services.session import Session


async def list_folders(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """The folders of a person, with what is in them."""
    folders = await session.arranging.folders((await choose_profile(session, arguments.profile)).pid)
    lines = [
        f"{folder.name}  {t('folders.count', count=folder.count, shown=decimal(folder.count))}" for folder in folders
    ]
    data = [{"name": folder.name, "count": folder.count} for folder in folders]
    terminal.answer(data, lines or [t("cli.nothing_here")])


async def move_documents(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Documents into a folder, made where there is none of that name; under an empty name out of theirs."""
    await session.arranging.move(arguments.ids, arguments.folder)
    done = "moved" if arguments.folder else "taken_out"
    terminal.answer({"ids": arguments.ids, "folder": arguments.folder}, [t(f"selecting.{done}")])


async def pin_documents(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Documents above all others, or no longer."""
    pinned = arguments.action == "pin"
    await session.arranging.pin(arguments.ids, pinned=pinned)
    data = {"ids": arguments.ids, "pinned": pinned}
    terminal.answer(data, [t("selecting.pinned" if pinned else "selecting.unpinned")])


async def choose_folder(session: Session, pid: str, typed: str) -> str:
    """A folder of a person as it is written, however it was typed; empty where none was asked.

    Raises Rejected("folder", NOT_A_CHOICE).
    """
    name = await session.arranging.find_folder(pid, typed) if typed else ""
    if typed and not name:
        raise Rejected("folder", Reason.NOT_A_CHOICE)
    return name
