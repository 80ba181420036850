"""Text as searches compare it: without case, accents and ligatures. Never shown to anyone."""

from unicodedata import combining, normalize

# by code point: o-e, a-e, o with stroke, l with stroke, d with stroke, and the two typographic apostrophes
_LETTERS = {0x153: "oe", 0xE6: "ae", 0xF8: "o", 0x142: "l", 0x111: "d", 0x2019: "'", 0x2BC: "'"}


def fold(text: str) -> str:
    """``text`` in lower case, without accents, œ as oe, æ as ae, ß as ss. Folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    # casefold may compose or decompose what follows it, hence a second decomposition
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not combining(letter)).casefold().translate(_LETTERS)
