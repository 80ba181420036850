"""Honest progress: what has come, of what the server said there is; no total before the whole of it is known."""

from collections.abc import Callable

from mes_app.domain.sync_status import Phase, Running, SyncStatus

Report = Callable[[SyncStatus], None]


class Progress:
    """Counts one phase of one profile and reports each step."""

    def __init__(self, report: Report, phase: Phase, profile: str = "") -> None:
        self._report = report
        self._phase = phase
        self._profile = profile
        self._done = 0
        self._total = 0
        self._unknown = 0

    def expect(self, parts: int) -> None:
        """The total will be the sum of ``parts`` numbers, each given to ``add`` once."""
        self._unknown = parts
        self._tell()

    def add(self, done: int, total: int | None = None) -> None:
        """``done`` more have come; ``total`` of one part when it has just become known."""
        self._done += done
        if total is not None:
            self._total += total
            self._unknown -= 1
        self._tell()

    def _tell(self) -> None:
        total = 0 if self._unknown else max(self._total, self._done)
        self._report(Running(self._phase, self._profile, self._done, total))
