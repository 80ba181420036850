"""Links between records from a terminal: what one is linked to, another one, and one fewer."""

import argparse
from typing import Any

from mes_app import i18n
from mes_app.cli.terminal import Terminal
from mes_app.domain.links import Linked
from mes_app.i18n import t
from mes_app.services.session import Session


async def list_links(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """All that a record is linked to, whichever of the two says so."""
    links = await session.linking.list(arguments.id)
    terminal.answer([_tell(link) for link in links], [_write(link) for link in links] or [t("cli.nothing_here")])


async def link(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Two records belong together. Raises as ``Linking.link``."""
    edited = await session.linking.link(arguments.id, arguments.target)
    terminal.answer({"id": edited.record_id}, [t("links.linked")])


async def unlink(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """They no longer do. Raises as ``Linking.unlink``."""
    edited = await session.linking.unlink(arguments.id, arguments.target)
    terminal.answer({"id": edited.record_id}, [t("links.unlinked")])


def _write(link: Linked) -> str:
    kind = t(f"sections.{link.row.kind}.title")
    return f"{link.row.id}  {kind}  {i18n.partial(link.row.date_text)}  {link.row.name}".rstrip()


def _tell(link: Linked) -> dict[str, Any]:
    """The same for machines."""
    row = link.row
    return {"id": row.id, "kind": row.kind.value, "title": row.name, "date": row.date_text, "mine": link.mine}
