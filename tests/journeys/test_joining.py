"""A child noted here before any service knew of them: their record joins the one that the service opens later."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

from tests.journeys.backend import COMMAND, run_lasting_backend
from tests.journeys.devices import ALEX_SECRET, SETTLED, Device
from tests.services.family import image

BORN = date.today() - timedelta(weeks=6)  # noqa: DTZ011 - as they are told in the household
ZOE = ("--family", "Martin", "--birth-date", BORN.isoformat())
SECTIONS = ("allergies", "measures", "vaccines", "treatments", "documents")
NOTED = (
    ("allergies", {"substance": "Lait de vache"}),
    ("measures", {"measure": "weight", "value": "3,250", "date": f"{BORN}T10:00"}),
    ("measures", {"measure": "weight", "value": "4,1", "date": f"{BORN + timedelta(weeks=4)}T09:30"}),
    ("vaccines", {"vaccine": "BCG", "date": str(BORN + timedelta(weeks=5))}),
    ("treatments", {"medicine": "Vitamine D", "since": str(BORN)}),
)


def note_weeks(phone: Device, pid: str) -> None:
    """What parents write in six weeks without network: entries, a photo in a folder."""
    for kind, values in NOTED:
        phone.write("add", kind, "--profile", pid, values=values)
    photo = phone.folder / "photo.jpg"
    photo.write_bytes(image("JPEG", (640, 480)))
    said = ("--title", "Premier jour", "--category", "AUTR_DOC", "--date", str(BORN))
    added = phone.ask("documents", "add", str(photo), *said, "--profile", pid)
    phone.ask("documents", "move", added["id"], "--folder", "Naissance")


def link_child(folder: Path, user: str, *who: str) -> str:
    """The administration of the service ties a child to an account; the id of the child there."""
    database = ("--database", f"sqlite:///{folder / 'server.db'}")
    command = [*COMMAND, "user", "link-child", user, *who, *database]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def find_pid(device: Device, name: str, *, local: bool) -> str:
    (pid,) = [one["pid"] for one in device.ask("people") if one["local"] is local and one["name"].startswith(name)]
    return str(pid)


def list_titles(device: Device, pid: str) -> list[str]:
    return sorted(row["title"] for kind in SECTIONS for row in device.ask("list", kind, "--profile", pid))


def test_six_weeks_noted_offline_join_the_record_of_the_service_and_both_parents_read_them_once(tmp_path: Path) -> None:
    phone, desktop = Device(tmp_path / "phone"), Device(tmp_path / "desktop")
    phone.ask("start", "--name", "Camille Martin", "--birth", "1988-07-12", "--sex", "female")
    here = phone.ask("people", "add", "--name", "Zoé Martin", "--birth", BORN.isoformat(), "--sex", "female")["pid"]
    note_weeks(phone, here)
    titles = list_titles(phone, here)
    assert len(titles) == len(NOTED) + 1
    with run_lasting_backend(tmp_path) as backend:
        rid = link_child(tmp_path, "camille.martin", "--given", "Zoé", *ZOE)
        link_child(tmp_path, "alex.martin", "--patient", rid)
        phone.sign_in(backend, "camille.martin")
        desktop.sign_in(backend, "alex.martin", ALEX_SECRET)
        assert [phone.sync(), desktop.sync()] == [SETTLED, SETTLED]

        there, theirs = find_pid(phone, "Zoé", local=False), find_pid(desktop, "Zoé", local=False)
        assert list_titles(phone, there) == list_titles(desktop, theirs) == []
        desktop.write("add", "treatments", "--profile", theirs, values=dict(NOTED[-1][1]))
        assert [desktop.sync(), phone.sync()] == [SETTLED, SETTLED]

        told = phone.ask("people", "join", here, there)
        assert told["differences"] == []
        assert {item["title"]: item["state"] for item in told["items"] if item["state"] != "new"} == {
            "Vitamine D": "there"
        }
        done = phone.ask("people", "join", here, there, "--yes")
        assert (done["taken"], done["left"]) == (len(NOTED), 1)
        assert [phone.sync(), phone.sync(), desktop.sync()] == [SETTLED] * 3

        assert list_titles(phone, there) == list_titles(desktop, theirs) == titles
        for kind in SECTIONS:
            assert phone.read(kind, "--profile", there) == desktop.read(kind, "--profile", theirs)
        copy = tmp_path / "copy"
        desktop.ask("documents", "get", desktop.find("documents", "Premier jour", "--profile", theirs), "-o", str(copy))
        photo = phone.folder / "kept"
        phone.ask("documents", "get", phone.find("documents", "Premier jour", "--profile", there), "-o", str(photo))
        assert copy.read_bytes() == photo.read_bytes()
        assert [folder["name"] for folder in phone.ask("documents", "folders", "--profile", there)] == ["Naissance"]

        assert phone.ask("conflicts") == desktop.ask("conflicts") == []
        assert list_titles(phone, here) == ["Vitamine D"]
        phone.ask("people", "remove", "--profile", here)
        assert phone.sync() == SETTLED
        assert list_titles(phone, there) == titles


def test_somebody_else_is_told_to_be_and_the_holder_joins_their_own(tmp_path: Path) -> None:
    phone, other = Device(tmp_path / "phone"), Device(tmp_path / "other")
    phone.ask("start", "--name", "Camille Martin", "--birth", "1988-07-12")
    mine = find_pid(phone, "Camille", local=True)
    phone.write("add", "allergies", values={"substance": "Kiwi jaune", "note": "Depuis l’été."})
    with run_lasting_backend(tmp_path) as backend:
        phone.sign_in(backend, "camille.martin")
        assert phone.sync() == SETTLED
        assert "name" in phone.ask("people", "join", mine, "Léo")["differences"]
        phone.ask("people", "join", mine, "Camille", "--yes")
        assert phone.sync() == SETTLED
        phone.write("edit", "allergies", phone.find("allergies", "Kiwi jaune"), values={"criticality": "low"})
        assert phone.sync() == SETTLED
        other.sign_in(backend, "camille.martin")
        assert other.sync() == SETTLED
        shown = other.ask("show", "allergies", other.find("allergies", "Kiwi jaune"))
        assert (shown["source"], shown["criticality"], shown["note"]) == ("self", "low", "Depuis l’été.")
