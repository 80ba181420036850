"""What the person meets when the app starts, and what makes the difference."""

from enum import StrEnum

from mes_app.errors import Reason

LASTING = (Reason.DAMAGED, Reason.NOT_A_VAULT, Reason.NO_KEY_STORE, Reason.KEY_STORE_LOST)
"""What does not pass by trying the same way again: the person is shown the others."""


class VaultState(StrEnum):
    """A welcome, a lock, the records, a usual way in that is gone, or damaged files."""

    ABSENT = "absent"
    LOCKED = "locked"
    OPEN = "open"
    RECOVERABLE = "recoverable"
    DAMAGED = "damaged"


def judge_fault(fault: Reason | None) -> VaultState:
    """The state of a closed vault of which ``fault`` is known."""
    match fault:
        case None | Reason.NEWER_VERSION:
            return VaultState.LOCKED
        case Reason.DAMAGED | Reason.NOT_A_VAULT:
            return VaultState.DAMAGED
    return VaultState.RECOVERABLE
