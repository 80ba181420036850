"""Report an error from a terminal. What was reported is listed, shown and deleted as any record is."""

import argparse

from mes_app.cli.files import read_file
from mes_app.cli.terminal import Terminal
from mes_app.errors import Reason, Rejected
from mes_app.i18n import t
from mes_app.services.session import Session


async def report(session: Session, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """A note beside a record of somebody else's, in the words of a file.

    Raises as ``Remarks.report``, and Rejected("file").
    """
    try:
        words = read_file(arguments.words).decode()
    except UnicodeDecodeError:
        raise Rejected("file", Reason.NOT_A_FORM) from None
    edited = await session.remarks.report(arguments.id, words)
    terminal.answer({"id": edited.record_id}, [edited.record_id, t("remarks.kept"), t("remarks.told")])
