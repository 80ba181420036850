"""A copy for another app: private, and gone in time."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from mes_app.domain.documents import Content
from mes_app.errors import NotAllowed, Reason
from mes_app.services.outside import MINUTES, Outside
from mes_app.services.temporaries import open_temporary, sweep_temporaries
from tests.formats.clinical_documents import report

PDF = Content(data=b"%PDF-1.7", content_type="application/pdf", file_name="document.pdf")
KILLED = """
import asyncio, sys
from functools import partial
from pathlib import Path
from mes_app.domain.documents import Content
from mes_app.services.outside import Outside
from mes_app.services.temporaries import open_temporary

async def main():
    root = Path(sys.argv[1])
    outside = Outside(partial(open_temporary, root), lambda place: print(place, flush=True))
    await outside.open(Content(data=b"%PDF-1.7", content_type="application/pdf", file_name="document.pdf"))
    await asyncio.sleep(60)

asyncio.run(main())
"""


class Desk:
    """An app outside that remembers what it was given, and minutes that pass when told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.given: list[Path] = []
        self.waited: list[float] = []
        self.over, self.gone = asyncio.Event(), asyncio.Event()
        self.outside = Outside(self.open_temporary, self.given.append, self.pause)

    @contextmanager
    def open_temporary(self) -> Iterator[Path]:
        with open_temporary(self.root) as folder:
            yield folder
        self.gone.set()

    async def pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        await self.over.wait()

    def left(self) -> list[Path]:
        return list((self.root / "tmp").iterdir())


def tell(root: Path, story: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        await story(Desk(root))

    asyncio.run(run())


def test_s11_the_copy_is_for_this_user_only_and_has_a_neutral_name(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.outside.open(PDF)
        (place,) = desk.given
        assert (place.name, place.read_bytes()) == ("document.pdf", PDF.data)
        assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        await desk.outside.stop()

    tell(tmp_path, story)


def test_s11_the_copy_goes_after_some_minutes(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.outside.open(PDF)
        assert desk.left()
        desk.over.set()
        await desk.gone.wait()
        assert (desk.left(), desk.waited) == ([], [MINUTES * 60])

    tell(tmp_path, story)


def test_s11_every_copy_goes_when_the_vault_is_locked_one_that_is_being_made_too(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.outside.open(PDF)
        await desk.outside.stop()
        assert desk.left() == []
        await desk.outside.open(PDF)
        assert desk.left() == []

    tell(tmp_path, story)


def test_s11_what_a_kill_leaves_goes_at_the_next_start(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        place = Path(process.stdout.readline().strip())
        sweep_temporaries(tmp_path)
        assert place.exists(), "swept while in use"
        process.kill()
    sweep_temporaries(tmp_path)
    assert not place.exists()


def test_a_refusal_leaves_no_copy(tmp_path: Path) -> None:
    def refuse(_: Path) -> None:
        raise NotAllowed(Reason.NO_APP)

    async def story(desk: Desk) -> None:
        with pytest.raises(NotAllowed):
            await Outside(partial(open_temporary, tmp_path), refuse).open(PDF)
        assert desk.left() == []

    tell(tmp_path, story)


@pytest.mark.parametrize("data", [report(), b"PK\x03\x04", b"MZ\x00\x01", b""])
def test_what_another_app_might_run_is_not_given_to_it_whatever_its_name(tmp_path: Path, data: bytes) -> None:
    async def story(desk: Desk) -> None:
        content = PDF.model_copy(update={"data": data})
        assert not desk.outside.takes(content)
        with pytest.raises(NotAllowed):
            await desk.outside.open(content)
        assert desk.given == []

    tell(tmp_path, story)


def test_where_there_is_no_way_nothing_is_offered(tmp_path: Path) -> None:
    assert not Outside(partial(open_temporary, tmp_path), None).takes(None)
