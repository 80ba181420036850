"""`make screens`: all of them. A picture taken on another day differs by its dates, which are those of the day."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.e2e.app import run_app
from tests.e2e.browser import Screen, open_browser
from tests.journeys.backend import run_backend
from tests.secret_service import run_secret_service
from tools.screens.cameras import SIZES, Camera
from tools.screens.children import take_child
from tools.screens.entrance import take_alone, take_entrance, take_return
from tools.screens.forms import take_forms
from tools.screens.health import take_health
from tools.screens.people import take_people
from tools.screens.records import take_records
from tools.screens.syncs import take_sync

FOLDER = Path(__file__).parents[2] / "docs" / "screens"


def take_all(folder: Path) -> None:
    """Every screen in every size, in place of the pictures of before."""
    folder.mkdir(parents=True, exist_ok=True)
    for former in folder.glob("*.png"):
        former.unlink()
    with open_browser() as browser, run_secret_service() as system:
        for size in SIZES:
            _take_size(browser, folder, size, system)


def _take_size(browser: Browser, folder: Path, size: str, system: dict[str, str]) -> None:
    with TemporaryDirectory() as data, run_backend() as backend:
        environment, vault = {**system, "MES_SERVER": backend.url}, Path(data, "vault")
        with _open(browser, folder, size, Path(data, "alone"), environment) as camera:
            take_alone(camera)
        with _open(browser, folder, size, vault, environment) as camera:
            take_entrance(camera, backend)
            take_records(camera)
            take_health(camera, Path(data))
            take_child(camera)
            take_forms(camera)
            take_sync(camera, Path(data), backend)
            take_people(camera)
        backend.pull_the_plug()
        with _open(browser, folder, size, vault, environment) as camera:
            take_return(camera)


@contextmanager
def _open(browser: Browser, folder: Path, size: str, data: Path, environment: dict[str, str]) -> Iterator[Camera]:
    with run_app(data, environment) as app:
        screen = Screen(browser, app.address, SIZES[size])
        yield Camera(folder, screen, size)
        screen.close()


if __name__ == "__main__":
    take_all(FOLDER)
