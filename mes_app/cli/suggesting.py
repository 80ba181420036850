"""The words that a form proposes, in a terminal: no vault is opened, for they are the same for all."""

import argparse

from mes_app.cli.terminal import Terminal
from mes_app.domain.inputs import list_names
from mes_app.domain.record import Kind
from mes_app.domain.suggestions import find_list, suggest
from mes_app.errors import Reason, Rejected
from mes_app.services.carnets import Carnets


async def suggest_words(_carnets: Carnets, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """At most five for what is typed in a field; none where it proposes nothing. Raises Rejected("field")."""
    kind = Kind(arguments.kind)
    if arguments.field not in list_names(kind):
        raise Rejected("field", Reason.NOT_A_CHOICE)
    words = suggest(find_list(kind, arguments.field), " ".join(arguments.text))
    terminal.answer([*words], [*words])
