"""Who reads a document: hidden from professionals or not, and how far that is more than a wish.

A document that is hidden is still read by its author, by the professionals whom the patient made « administrateur »,
and by the patient and their representatives.
"""

from enum import StrEnum

from mes_app.domain.values import Frozen


class Standing(StrEnum):
    """How far what the person chose holds. Only APPLIED says that professionals see it so."""

    REQUESTED = "requested"
    """The server does not know it yet."""
    REFUSED = "refused"
    """The server refused it: it waits for the person among the changes to check."""
    UNDECIDED = "undecided"
    """Somebody else changed the document too: hidden if either version is, until the person chooses."""
    UNENFORCED = "unenforced"
    """The server knows it, and does not promise to keep to it."""
    APPLIED = "applied"


class Visibility(Frozen):
    """Of one document."""

    hidden: bool
    standing: Standing


class VisibilitySummary(Frozen):
    """Of the documents of one person: how many, how many of them are hidden, and how many have changes to be sent.

    ``enforced``: the server promises that professionals do not see what is hidden. ``hides_new``: what the person adds
    is hidden from the start.
    """

    total: int
    hidden: int
    waiting: int
    enforced: bool
    hides_new: bool
