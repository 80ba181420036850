"""A process that joins two records and is killed within it. Not a test: forked by them."""

import os
import signal
from pathlib import Path
from typing import Any

from mes_app.domain.joining import choose_joined
from mes_app.services.join_plans import make_plan
from mes_app.services.joining import join_records
from mes_app.store.folds import settle_folds
from tests.forks import Tell
from tests.store.samples import make_when, open_store


def join_and_die(tell: Tell, path: Path, pid: str, into: str, last: int) -> None:
    """Join all that is new, and die at the statement number ``last``; tells that it was joined, if it comes to that."""
    con = open_store(path)
    chosen = choose_joined(make_plan(con, pid, into).items)
    left = last

    def count(_sql: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    driver: Any = con.driver_connection
    driver.set_trace_callback(count)
    con.run_change(lambda: join_records(con, pid, into, chosen, make_when()), (settle_folds,))
    driver.set_trace_callback(None)
    tell(last - left)
