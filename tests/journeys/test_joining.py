"""A child noted here before any service knew of them: their record joins the one that the service opens later."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from mes_app.domain.documents import Category
from mes_app.domain.folders import Folder
from mes_app.domain.newcomers import Newcomer
from mes_app.domain.people import Sex
from mes_app.domain.record import Kind, Row
from mes_app.domain.values import PartialDate
from mes_app.services.carnets import Carnets
from mes_app.services.filing import Label
from mes_app.services.session import Session
from tests.journeys.backend import link_child, run_new_backend
from tests.journeys.devices import PASSPHRASE, SETTLED, Device
from tests.journeys.test_without_account import fill_record, list_all, tell
from tests.services.family import image, list_documents
from tests.services.join_stories import add_allergy

T = TypeVar("T")
BORN = date.today() - timedelta(weeks=6)  # noqa: DTZ011 - as they are told in the household
BIRTH = PartialDate(text=BORN.isoformat())
ZOE = ("--given", "Zoé", "--family", "Martin", "--birth-date", BORN.isoformat())
PHOTO = image("JPEG", (640, 480))
LABEL = Label(title="Premier jour", category=Category.OTHER, date=BIRTH)


def use(device: Device, story: Callable[[Session], Awaitable[T]]) -> T:
    """Run ``story`` in the vault of a device, which is then closed again."""

    async def run(carnets: Carnets) -> T:
        return await story(await carnets.vault.unlock(PASSPHRASE))

    return tell(device.folder, run)


async def note_weeks(session: Session) -> str:
    """What a parent writes in six weeks without network: of the child something of every kind, and a photo."""
    (camille,) = await session.profiles.list()
    await add_allergy(session, camille.pid, "Kiwi jaune")
    zoe = Newcomer(first_name="Zoé", family_name="Martin", birth=BIRTH, sex=Sex.FEMALE)
    pid = (await session.profiles.add(zoe)).pid
    await fill_record(session, pid)
    await add_allergy(session, pid, "Lait de vache")
    photo = await session.documents.add(pid, PHOTO, LABEL)
    await session.arranging.move([photo.record_id], "Naissance")
    return pid


def find_pid(device: Device, name: str, *, local: bool) -> str:
    (pid,) = [one["pid"] for one in device.ask("people") if one["local"] is local and one["name"].startswith(name)]
    return str(pid)


def read_all(device: Device, pid: str) -> list[Row]:
    """Every entry and document of a person."""
    return use(device, lambda session: list_all(session, pid))


def name_all(rows: Iterable[Row]) -> Counter[tuple[Kind, str]]:
    """How often each is there."""
    return Counter((row.kind, row.title) for row in rows)


def read_photo(device: Device, pid: str) -> tuple[bytes, list[Folder]]:
    async def story(session: Session) -> tuple[bytes, list[Folder]]:
        (row,) = await list_documents(session, pid, "premier")
        return (await session.documents.content(row.id)).data, await session.arranging.folders(pid)

    return use(device, story)


def test_six_weeks_noted_offline_join_the_record_of_the_service_and_both_parents_read_them_once(tmp_path: Path) -> None:
    phone, desktop = Device(tmp_path / "phone"), Device(tmp_path / "desktop")
    phone.ask("start", "--name", "Camille Martin", "--birth", "1988-07-12", "--sex", "female")
    here = use(phone, note_weeks)
    noted = read_all(phone, here)
    with run_new_backend(tmp_path, "camille.martin", "alex.martin") as backend:
        rid = link_child(tmp_path, "camille.martin", *ZOE)
        link_child(tmp_path, "alex.martin", "--patient", rid)
        phone.sign_in(backend, "camille.martin")
        desktop.sign_in(backend, "alex.martin")
        assert [phone.sync(), desktop.sync()] == [SETTLED, SETTLED]
        there, theirs = find_pid(phone, "Zoé", local=False), find_pid(desktop, "Zoé", local=False)
        desktop.write("add", "allergies", "--profile", theirs, values={"substance": "Lait de vache"})
        assert [desktop.sync(), phone.sync()] == [SETTLED, SETTLED]
        before = name_all(read_all(phone, there))

        told = phone.ask("people", "join", here, there)
        assert told["differences"] == []
        assert [item["title"] for item in told["items"] if item["state"] == "there"] == ["Lait de vache"]
        done = phone.ask("people", "join", here, there, "--yes")
        phone.ask("people", "join", "Camille", "Camille", "--yes")
        assert (done["taken"], done["left"]) == (len(noted) - 1, 1)
        assert [phone.sync(), phone.sync(), desktop.sync()] == [SETTLED] * 3
        assert phone.ask("conflicts") == desktop.ask("conflicts") == []

        joined = name_all(read_all(phone, there))
        assert joined == before + name_all(noted) - Counter({(Kind.ALLERGIES, "Lait de vache"): 1})
        assert name_all(read_all(desktop, theirs)) == joined
        photo, folders = read_photo(phone, there)
        assert folders == [Folder("Naissance", 1)]
        assert read_photo(desktop, theirs) == (photo, [])

        shown = phone.ask("show", "allergies", phone.find("allergies", "Kiwi jaune"))
        assert shown["source"] == "self"
        assert name_all(read_all(phone, here)) == Counter({(Kind.ALLERGIES, "Lait de vache"): 1})
        phone.ask("people", "remove", "--profile", here)
        assert phone.sync() == SETTLED
        assert name_all(read_all(phone, there)) == joined
