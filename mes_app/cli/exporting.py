"""Take a whole dossier away in one file."""

import argparse
from collections import Counter
from collections.abc import Iterator

from mes_app import i18n
from mes_app.cli.choosing import choose_profile
from mes_app.cli.terminal import Terminal
from mes_app.i18n import t
from mes_app.services.exporting import Exported
from mes_app.services.session import Session


async def export(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """The archive of one person, or of all. What is not in it is told, and is no failure."""
    if arguments.profile:
        people = [await choose_profile(session, arguments.profile)]
    else:
        people = await session.profiles.list()
    exported = await session.exporting.write(arguments.output, [one.pid for one in people], terminal.report)
    data = {
        "file": str(arguments.output),
        "size": exported.size,
        "documents": exported.documents,
        "omitted": [{"profile": one.profile, "title": one.title, "why": one.why.value} for one in exported.omitted],
    }
    saved = t("cli.saved", file=arguments.output, size=i18n.size(exported.size))
    terminal.answer(data, [saved, *_tell_contents(exported), t("export.screen.warning")])


def _tell_contents(exported: Exported) -> Iterator[str]:
    yield t("cli.exported", count=exported.documents)
    for why, count in Counter(one.why for one in exported.omitted).items():
        yield f"{count} × {t(f'export.missing_{why}')}"
