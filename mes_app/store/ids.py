"""Our own ids: UUIDs in the order of time, so that new rows are neighbours in every index."""

import uuid6


def make_id() -> str:
    """A new id for a record, a profile or a file; says nothing but when it was made."""
    return str(uuid6.uuid7())
