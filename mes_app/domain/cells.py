"""Words as cells of a table: what a spreadsheet would run as a formula is made words, and read back as it was."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How formulas begin: also after their wide forms some spreadsheets calculate."""


def disarm(words: str) -> str:
    """``words`` behind an apostrophe where they begin as a formula does, whatever apostrophes they have already."""
    return f"'{words}" if words.lstrip("'").startswith(_FORMULAS) else words


def arm(cell: str) -> str:
    """What ``disarm`` was given."""
    return cell[1:] if cell.startswith("'") and disarm(cell[1:]) == cell else cell
