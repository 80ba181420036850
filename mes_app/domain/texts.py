"""Text as it may be kept, typed or received: nothing in it that a reader does not see."""

import re

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks that turn the direction of reading, halves of characters."""


def clean_line(text: str) -> str:
    """``text`` on one line, single spaces between its words."""
    return " ".join(UNSEEN.sub("", text).split())


def clean_paragraph(text: str) -> str:
    """``text`` with its line breaks, nothing around it."""
    return UNSEEN.sub("", "\n".join(text.splitlines())).strip()
