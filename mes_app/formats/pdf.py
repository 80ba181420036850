"""A PDF that asks for a password, opened with it. The password is used once and kept nowhere."""

import io

from mes_app.errors import Reason, Rejected, Unreadable


def unlock_pdf(data: bytes, password: str) -> bytes:
    """The same PDF without its lock.

    Raises Rejected("password", WRONG_PASSWORD), Unreadable(DAMAGED).
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - a fifth of a second that no start should wait for
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(password):
            raise Rejected("password", Reason.WRONG_PASSWORD)
        out = io.BytesIO()
        PdfWriter(clone_from=reader).write(out)
    except (
        *(PyPdfError, DependencyError),
        *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
    ) as error:
        raise Unreadable(Reason.DAMAGED) from error
    return out.getvalue()
