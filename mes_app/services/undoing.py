"""What was done to the record, with what takes it back: taking back is another edit, never a rollback."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mes_app.store.database import Connection
from mes_app.store.edits import When

Undo = Callable[[Connection, When], object]


@dataclass(frozen=True, slots=True)
class Edited:
    """What was done to the record ``record_id``, empty for several; ``undo`` is for ``Editing.undo`` alone.

    ``parts``: where it is so much that others may not wait for all of it, what is undone one after the other instead.
    """

    record_id: str
    undo: Undo
    parts: "tuple[Edited, ...]" = ()


def join_edits(edits: Sequence[Edited]) -> Edited:
    """Several things done as one, to be undone together; known by the last record."""

    def undo(con: Connection, when: When) -> None:
        for edited in edits:
            edited.undo(con, when)

    return Edited(edits[-1].record_id if edits else "", undo)
