"""Text as searches compare it: without case, accents and ligatures. Never shown to anyone."""

from unicodedata import combining, normalize

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'"})


def fold(text: str) -> str:
    """``text`` in lower case, without accents, œ as oe, æ as ae, ß as ss. Folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    # casefold may compose or decompose what follows it, hence a second decomposition
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not combining(letter)).casefold().translate(_LETTERS)
