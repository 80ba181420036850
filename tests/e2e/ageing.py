"""The app, where a proof of the owner grows old at SIGUSR1: not a test, run as ``python -m tests.e2e.ageing``."""

import signal
import sys
from pathlib import Path

from mes_app.bootstrap import make_carnets
from mes_app.config import read_config
from mes_app.device.logs import limit_logs
from mes_app.main import make_main, make_web_app, run_web
from mes_app.services.carnets import Carnets
from mes_app.services.turns import Turns


def show_app(folder: Path) -> None:
    config, turns = read_config(folder), Turns()
    shown: list[Carnets] = []

    def make() -> Carnets:
        shown.append(make_carnets(config, turns))
        return shown[-1]

    def forget(_signal: int, _frame: object) -> None:
        for carnets in shown:
            carnets.vault._around.freshness.forget()
        print("forgotten", flush=True)

    signal.signal(signal.SIGUSR1, forget)
    run_web(make_web_app(make_main(make), str(config.assets)), open_browser=False)


if __name__ == "__main__":
    limit_logs()
    show_app(Path(sys.argv[-1]))
