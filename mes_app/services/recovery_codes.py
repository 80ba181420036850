"""What a screen may ask of a recovery code before the vault tries it. Nothing is derived from it here."""

from mes_app.crypto.recovery_codes import read_recovery_code

GROUPS, GROUP = 7, 4


def check_recovery_code(text: str) -> None:
    """Raise Rejected("recovery", MISSING | TOO_SHORT | MISTYPED) for what cannot be anybody's recovery code."""
    read_recovery_code(text).wipe()


def group_code(text: str) -> str:
    """As much of a code as ``text`` holds, in capitals and in groups of 4 joined by "-"; other signs are left out."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))
