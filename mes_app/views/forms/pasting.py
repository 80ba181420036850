"""Tell what was pasted from what is being typed: a code is read once it is whole, not at each of its figures."""

SHORTEST = 13
"""Characters that come at once: nobody types as fast, and no code of ours is shorter."""


def is_pasted(before: str, after: str) -> bool:
    """Whether a field that held ``before`` and holds ``after`` was pasted into."""
    return len(after) - len(before) >= SHORTEST
