"""Two devices write offline in the record of one person, and agree once both have spoken to the server."""

from pathlib import Path

import httpx
import pytest

from tests.journeys.backend import link_child, run_backend, run_new_backend
from tests.journeys.devices import ALEX_SECRET, LEO, SETTLED, Device
from tests.journeys.plain_servers import run_plain_server
from tests.services.family import pdf

ONE_CONFLICT = SETTLED | {"conflicts": 1}


def test_two_parents_write_of_a_child_offline_agree_clash_and_choose(tmp_path: Path) -> None:
    phone, desktop = Device(tmp_path / "phone"), Device(tmp_path / "desktop")
    (tmp_path / "bilan").write_bytes(pdf("Bilan"))
    with run_new_backend(tmp_path, "camille.martin", "alex.martin") as backend:
        rid = link_child(
            tmp_path, "camille.martin", "--given", "Léo", "--family", "Martin", "--birth-date", "2017-05-04"
        )
        link_child(tmp_path, "alex.martin", "--patient", rid)
        phone.sign_in(backend, "camille.martin")
        desktop.sign_in(backend, "alex.martin")
        assert [phone.sync(), desktop.sync()] == [SETTLED, SETTLED]

        on_phone = phone.write("add", "allergies", *LEO, values={"substance": "Kiwi", "criticality": "high"})
        said = ("--title", "Bilan de printemps", "--category", "BIOLOGIE", "--date", "2026-04-01")
        phone.ask("documents", "add", str(tmp_path / "bilan"), *said, *LEO)
        weight = {"measure": "weight", "value": "31.50", "date": "2026-10-01"}
        desktop.write("add", "measures", *LEO, values=weight)
        dentist = {"name": "Dr Inès Garcia", "regular": "yes", "rpps": "997 002 188 96", "organization": "Cabinet"}
        garcia = phone.write("add", "professionals", *LEO, values=dentist)
        assert [change["state"] for change in phone.ask("outbox")] == ["waiting", "waiting", "waiting"]
        assert [phone.sync(), desktop.sync(), phone.sync()] == [SETTLED, SETTLED, SETTLED]
        for kind in ("allergies", "measures", "documents"):
            assert phone.read(kind, *LEO) == desktop.read(kind, *LEO)
        copy = tmp_path / "copy"
        desktop.ask("documents", "get", desktop.find("documents", "Bilan de printemps", *LEO), "-o", str(copy))
        assert copy.read_bytes() == (tmp_path / "bilan").read_bytes()

        on_desktop = desktop.find("professionals", "Dr Inès Garcia", *LEO)
        assert desktop.ask("show", "professionals", on_desktop)["rpps"] == "99700218896"
        phone.write("edit", "professionals", garcia, values={"phones": "02 99 00 00 00"})
        desktop.write("edit", "professionals", on_desktop, values={"regular": "", "note": "Pas le mercredi."})
        assert [phone.sync(), desktop.sync(), phone.sync()] == [SETTLED, SETTLED, SETTLED]
        both = [device.ask("show", "professionals", each) for device, each in ((phone, garcia), (desktop, on_desktop))]
        assert [(each["phones"], each["regular"], each["note"]) for each in both] == [
            (["02 99 00 00 00"], False, "Pas le mercredi.")
        ] * 2

        on_desktop = desktop.find("allergies", "Kiwi", *LEO)
        phone.write("edit", "allergies", on_phone, values={"criticality": "unable-to-assess"})
        desktop.write("edit", "allergies", on_desktop, values={"criticality": "low", "note": "Revu en mars."})
        assert [phone.sync(), desktop.sync()] == [SETTLED, ONE_CONFLICT]
        (conflict,) = desktop.ask("conflicts")
        assert [field["name"] for field in conflict["fields"] if field["clash"]] == ["criticality"]
        desktop.ask("conflicts", "resolve", on_desktop, "mine")
        assert [desktop.sync(), phone.sync()] == [SETTLED, SETTLED]
        shown = phone.ask("show", "allergies", on_phone)
        assert (shown["criticality"], shown["note"]) == ("low", "Revu en mars.")


@pytest.mark.soak
def test_how_a_child_is_reached_is_changed_by_both_parents_and_their_identity_by_nobody(tmp_path: Path) -> None:
    phone, desktop = Device(tmp_path / "phone"), Device(tmp_path / "desktop")
    with run_backend() as backend:
        phone.sign_in(backend, "camille.martin")
        desktop.sign_in(backend, "alex.martin", ALEX_SECRET)
        assert [phone.sync(), desktop.sync()] == [SETTLED, SETTLED]
        (on_phone,), (on_desktop,) = (device.ask("list", "people", *LEO) for device in (phone, desktop))

        phone.write("edit", "people", on_phone["id"], values={"mobile": "06 39 98 00 01", "city": "Nantes"})
        desktop.write("edit", "people", on_desktop["id"], values={"email": "leo@famille.example"})
        assert [phone.sync(), desktop.sync(), phone.sync()] == [SETTLED, SETTLED, SETTLED]
        shown = [device.ask("show", "people", row["id"]) for device, row in ((phone, on_phone), (desktop, on_desktop))]
        for details in shown:
            said = (details["mobile"], details["email"], details["city"])
            assert said == ("06 39 98 00 01", "leo@famille.example", "Nantes")
        assert phone.read("people", *LEO) == [on_phone | {"id": ""}]

        phone.write("edit", "people", on_phone["id"], values={"city": "Rennes"})
        desktop.write("edit", "people", on_desktop["id"], values={"city": "Vannes", "phone": "02 99 00 00 00"})
        assert [phone.sync(), desktop.sync()] == [SETTLED, ONE_CONFLICT]
        desktop.ask("conflicts", "resolve", on_desktop["id"], "mine")
        assert [desktop.sync(), phone.sync()] == [SETTLED, SETTLED]
        shown_there = phone.ask("show", "people", on_phone["id"])
        assert (shown_there["city"], shown_there["phone"]) == ("Vannes", "02 99 00 00 00")


def test_two_devices_agree_through_a_server_of_others(tmp_path: Path) -> None:
    phone, desktop = Device(tmp_path / "phone"), Device(tmp_path / "desktop")
    with run_plain_server(tmp_path) as base:
        patient = {"resourceType": "Patient", "name": [{"text": "Camille Martin"}], "birthDate": "1988-07-12"}
        rid = httpx.post(f"{base}/Patient", json=patient).raise_for_status().json()["id"]
        for device in (phone, desktop):
            device.ask("connect", "--fhir", base, "--patient", rid)
            assert device.sync() == SETTLED

        on_phone = phone.write("add", "allergies", values={"substance": "Kiwi", "criticality": "high"})
        assert [phone.sync(), desktop.sync()] == [SETTLED, SETTLED]
        on_desktop = desktop.find("allergies", "Kiwi")

        desktop.ask("delete", "allergies", on_desktop)
        phone.write("edit", "allergies", on_phone, values={"note": "Revu en mars."})
        assert [desktop.sync(), phone.sync()] == [SETTLED, ONE_CONFLICT]
        (conflict,) = phone.ask("conflicts")
        assert conflict["deleted"] == ["theirs"]
        phone.ask("conflicts", "resolve", on_phone, "mine")
        assert [phone.sync(), desktop.sync()] == [SETTLED, SETTLED]
        assert [row["title"] for row in desktop.read("allergies")] == ["Kiwi"]
        assert phone.read("allergies") == desktop.read("allergies")
