"""Taking the dossier away: whose, behind the owner's proof, in numbers, with a way to stop, and what is not in it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from mes_app.errors import MesError, Reason, Unreadable
from mes_app.i18n import decimal, size, t
from mes_app.i18n.explanations import explain
from mes_app.services.exporting import Exported, Extent, Missing, Omitted
from mes_app.views import routes
from mes_app.views.settings.exporting import EVERYONE, MOST_TOLD
from mes_app.views.state import read_today
from mes_app.views.widgets.writing import MOST_IN_MEMORY
from tests.views import fakes
from tests.views.protection import FakeWays, House, ProtectedSession, tell

CAMILLE, LEO, JEANNE = fakes.make_family(read_today())
ALL = [CAMILLE.pid, LEO.pid, JEANNE.pid]
OMITTED = (Omitted(LEO.pid, "Radiographie", Missing.OFFLINE), Omitted(CAMILLE.pid, "Courrier", Missing.NONE))


@dataclass
class FakeExporting:
    """Reports each number put into ``written``, of 40; None ends it well."""

    ways: FakeWays
    written: asyncio.Queue[int | None] = field(default_factory=asyncio.Queue)
    asked: list[list[str]] = field(default_factory=list)
    places: list[Path] = field(default_factory=list)
    omitted: tuple[Omitted, ...] = ()
    error: MesError | None = None
    size: int = 2

    def _write(self, path: Path) -> None:
        with path.open("wb") as file:
            file.write(b"PK")
            file.truncate(self.size)

    async def measure(self, pids: Sequence[str]) -> Extent:
        return Extent(documents=40, size=8_000_000, away=3) if len(pids) > 1 else Extent(12, 2_000_000, 0)

    async def write(self, path: Path, pids: Sequence[str], report: Callable[[int, int], None]) -> Exported:
        self.ways.require()
        if self.error:
            raise self.error
        while (done := await self.written.get()) is not None:
            report(done, 40)
        await asyncio.to_thread(self._write, path)
        self.asked.append([*pids])
        self.places.append(path)
        return Exported(40, 7_000_000, self.omitted)


def show(
    story: Callable[[House, FakeExporting], Awaitable[None]], *, proved: bool = True, place: str = "", **props: Any
) -> None:
    """Run ``story`` on the screen; the person says that the archive goes to ``place``."""
    made: list[FakeExporting] = []

    def lay(session: ProtectedSession) -> None:
        made.append(FakeExporting(session.ways))
        session.exporting = made[0]
        session.ways.proved = proved

    async def enter(house: House) -> None:
        if place:
            house.app.client.answers["save_file"] = place
        await house.go(routes.EXPORT)
        await story(house, made[0])

    tell(enter, prepare=lay, **({"platform": "linux"} | props))


async def choose(house: House, value: str) -> None:
    await house.app.fire(house.one(ft.RadioGroup), "change", value, value=value)


def test_it_is_found_in_the_settings() -> None:
    async def story(house: House, _: FakeExporting) -> None:
        await house.go(routes.SETTINGS)
        await house.tap("settings.export")
        assert house.sees("export.screen.what")

    show(story)


def test_it_is_found_among_the_documents_of_the_person_too() -> None:
    async def story(house: House, _: FakeExporting) -> None:
        await house.go(routes.place(LEO.pid, routes.Destination.DOCUMENTS))
        (item,) = [item for item in house.all(ft.PopupMenuItem) if item.content == t("settings.export")]
        await house.app.click(item)
        assert house.sees("export.screen.what")
        assert house.one(ft.RadioGroup).value == LEO.pid

    show(story)


def test_the_person_shown_last_is_offered_first_and_the_family_can_be_chosen_with_what_it_holds() -> None:
    async def story(house: House, _: FakeExporting) -> None:
        assert house.one(ft.RadioGroup).value == CAMILLE.pid
        assert t("export.screen.holds", count=12, shown="12", size=size(2_000_000)) in house.texts()
        await choose(house, EVERYONE)
        assert t("export.screen.holds", count=40, shown="40", size=size(8_000_000)) in house.texts()
        assert t("export.screen.away", count=3, shown="3") in house.texts()

    show(story)


def test_that_anybody_can_read_the_archive_is_said_before_and_after(tmp_path: Path) -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        assert house.sees("export.screen.warning")
        await exporting.written.put(None)
        await house.press("export.screen.start")
        await house.until(lambda: house.sees("export.screen.done"))
        assert house.sees("export.screen.warning")

    show(story, place=str(tmp_path / "out.zip"))


def test_l4_the_owner_is_proved_first_then_it_is_written_where_it_was_asked(tmp_path: Path) -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        await choose(house, EVERYONE)
        await house.press("export.screen.start")
        assert house.sees("security.confirm.title")
        assert exporting.places == []
        await house.app.press_keys(fakes.PIN)
        await house.begin("security.confirm.go_on")
        await exporting.written.put(10)
        await house.app.settle()
        assert t("export.screen.progress", count=40, done="10", total="40") in house.texts()
        await exporting.written.put(40)
        await house.app.settle()
        assert house.sees("export.screen.indexing")
        await exporting.written.put(None)
        await house.until(lambda: house.sees("export.screen.done"))
        assert exporting.asked == [ALL]
        assert exporting.places == [tmp_path / "out.zip"]
        assert t("export.screen.done_told", count=40, shown="40", size=size(7_000_000)) in house.texts()
        (asked,) = [args for name, args in house.app.client.calls if name == "save_file"]
        assert asked["file_name"] == f"Mes carnets {read_today()}.zip"

    show(story, proved=False, place=str(tmp_path / "out.zip"))


def test_what_is_not_in_the_archive_is_told_with_its_reason(tmp_path: Path) -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        exporting.omitted = OMITTED * MOST_TOLD
        await exporting.written.put(None)
        await house.press("export.screen.start")
        await house.until(lambda: house.sees("export.screen.done"))
        assert t("export.screen.omitted", count=60, shown=decimal(60)) in house.texts()
        assert house.texts().count("Radiographie") == MOST_TOLD // 2
        assert t("export.missing_offline") in house.texts()
        assert t("export.screen.omitted_more", count=30, shown="30") in house.texts()

    show(story, place=str(tmp_path / "out.zip"))


def test_where_there_are_folders_the_one_of_the_archive_can_be_opened(tmp_path: Path) -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        await exporting.written.put(None)
        await house.press("export.screen.start")
        await house.until(lambda: house.sees("export.screen.done"))
        await house.press("export.screen.open_folder")
        opened = [args for name, args in house.app.client.calls if name == "launch_url"]
        assert [str(tmp_path.as_uri()) in str(args) for args in opened] == [True]

    show(story, place=str(tmp_path / "out.zip"))


@pytest.mark.parametrize("props", [{"platform": "android"}, {"platform": "linux", "web": True}])
def test_where_no_place_can_be_written_to_the_system_is_handed_the_bytes(props: dict[str, Any]) -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        await exporting.written.put(None)
        await house.press("export.screen.start")
        await house.until(lambda: house.sees("export.screen.done"))
        assert house.saved() == [b"PK"]
        assert not any(path.exists() for path in exporting.places)
        assert not house.sees("export.screen.open_folder")

    show(story, place="/content/out.zip", **props)


@pytest.mark.parametrize(("status", "ended"), [("success", "done"), ("dismissed", "stopped")])
def test_what_a_phone_cannot_hold_in_memory_goes_to_another_app_as_a_file(status: str, ended: str) -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        exporting.size = MOST_IN_MEMORY + 1
        house.app.client.answers["share_files"] = {"status": status, "raw": ""}
        await exporting.written.put(None)
        await house.press("export.screen.start")
        await house.until(lambda: house.sees(f"export.screen.{ended}"))
        assert house.saved() == []
        (shared,) = [args["files"] for name, args in house.app.client.calls if name == "share_files"]
        assert [file.name for file in shared] == [f"Mes carnets {read_today()}.zip"]
        assert not exporting.places[0].exists()

    show(story, platform="android")


def test_it_can_be_stopped_and_what_was_chosen_stays_chosen(tmp_path: Path) -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        await choose(house, LEO.pid)
        await house.begin("export.screen.start")
        await exporting.written.put(1)
        await house.app.settle()
        await house.press("app.cancel")
        await house.until(lambda: house.sees("export.screen.stopped"))
        assert house.one(ft.RadioGroup).value == LEO.pid
        assert exporting.places == []

    show(story, place=str(tmp_path / "out.zip"))


def test_what_went_wrong_is_told_and_it_can_be_tried_again(tmp_path: Path) -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        exporting.error = Unreadable(Reason.DISK_FULL)
        await house.press("export.screen.start")
        await house.until(lambda: explain(Unreadable(Reason.DISK_FULL)).what in house.texts())
        exporting.error = None
        await exporting.written.put(None)
        await house.press("export.screen.start")
        await house.until(lambda: house.sees("export.screen.done"))

    show(story, place=str(tmp_path / "out.zip"))


def test_without_a_place_nothing_is_written() -> None:
    async def story(house: House, exporting: FakeExporting) -> None:
        await house.press("export.screen.start")
        assert exporting.places == []
        assert house.sees("export.screen.start")

    show(story)
