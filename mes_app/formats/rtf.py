"""RTF as plain text: its words and line breaks, nothing of its looks, pictures and objects."""

from mes_app.errors import Reason, Unreadable

LARGEST_RTF = 5_000_000
"""Bytes: it is read letter by letter."""


def read_rtf(data: bytes) -> str:
    """The text of ``data``. Raises Unreadable(DAMAGED, TOO_LARGE)."""
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - no start should wait for it

    if len(data) > LARGEST_RTF:
        raise Unreadable(Reason.TOO_LARGE)
    try:
        return str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise Unreadable(Reason.DAMAGED) from error
