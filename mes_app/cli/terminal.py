"""What a command reads and prints. Secrets come from the terminal, from stdin line by line, or from the environment."""

import getpass
import json
import os
import sys
import webbrowser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mes_app.errors import MesError, Reason, Rejected
from mes_app.i18n import t
from mes_app.i18n.explanations import explain


@dataclass(frozen=True)
class Terminal:
    """``json``: print machine-readable answers instead of lines.

    ``open_address`` shows an address in the browser of the system; False when none can be started.
    """

    json: bool = False
    open_address: Callable[[str], bool] = webbrowser.open

    def answer(self, data: Any, lines: Iterable[str]) -> None:
        """Print the answer of a command: ``data`` as JSON, or ``lines`` for a person."""
        text = json.dumps(data, ensure_ascii=False, default=str) if self.json else "\n".join(lines)
        if text:
            print(text, flush=True)

    def say(self, line: str) -> None:
        """Tell how it goes, beside the answer."""
        print(line, file=sys.stderr, flush=True)

    def report(self, done: int, total: int) -> None:
        """Tell how far long work is, on one line that changes; nothing where nobody watches."""
        if sys.stderr.isatty():
            print(
                f"\r{t('cli.progress', percent=100 * done // max(total, 1))}",
                end="" if done < total else "\n",
                file=sys.stderr,
                flush=True,
            )

    def refuse(self, error: MesError) -> None:
        """Tell in one line what happened and what to do next."""
        explanation = explain(error)
        self.say(f"{explanation.what} {explanation.next}".strip())

    def ask_consent(self, lines: Iterable[str]) -> bool:
        """Tell ``lines`` beside the answer; whether what is typed next begins with a yes."""
        for line in lines:
            self.say(line)
        return sys.stdin.readline().strip().lower()[:1] in ("o", "y")

    def ask_secret(self, name: str, environment: str) -> str:
        """A secret called ``cli.ask_<name>``: from ``environment``, the keyboard without echo, or a line of stdin."""
        stated = os.environ.get(environment)
        if stated:
            return stated
        given = getpass.getpass(f"{t(f'cli.ask_{name}')} ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        if not given:
            raise Rejected(name, Reason.MISSING)
        return given
