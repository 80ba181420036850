"""What may come in wrong, and whether the terminal says it as the app says such things."""

from collections.abc import Callable

from mes_app.errors import MesError, Offline, Reason, Unreadable
from mes_app.i18n.explanations import explain
from tests.sync.serving import Say

GONE = Say(b"{", promised=99)
"""The server goes down while it answers."""
HTML = Say("<html><body>Bienvenue</body></html>", content_type="text/html")
ANSWERS = {
    "down": (GONE, Offline(Reason.INTERRUPTED)),
    "html": (HTML, Unreadable(Reason.NOT_FHIR)),
    "500": (Say("<html>", 500), Unreadable(Reason.SERVER_FAULT)),
    "truncated": (Say('{"resourceType":"Capab'), Unreadable(Reason.TRUNCATED)),
}
"""What a failing server answers, and the error that it makes."""


class Keyboard:
    """A standard input where each line is made when it is asked for."""

    def __init__(self, *lines: Callable[[], str]) -> None:
        self._lines = iter(lines)

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return f"{next(self._lines)()}\n"


def is_said(answer: tuple[int, str, str], error: MesError) -> bool:
    """Whether a command ended as ``error`` ends one: exit code 1, no answer, one line of what and what next."""
    words = explain(error)
    assert words.what
    assert words.next
    return answer == (1, "", f"{words.what} {words.next}\n")
