"""Links and reported errors written offline on one device, on the other once both have spoken to the server."""

from pathlib import Path

import pytest

from tests.journeys.backend import run_backend
from tests.journeys.devices import ALEX_SECRET, LEO, SETTLED, Device
from tests.services.family import pdf

PAPERS = ("Ordonnance d’avril", "Compte rendu d’avril", "Carnet photographié")


def list_linked(device: Device, record_id: str) -> list[str]:
    return sorted(row["title"] for row in device.ask("links", record_id))


@pytest.mark.soak
def test_links_and_reported_errors_reach_the_other_parent_and_what_both_linked_is_linked(tmp_path: Path) -> None:
    phone, desktop = Device(tmp_path / "phone"), Device(tmp_path / "desktop")
    note = tmp_path / "note.txt"
    note.write_text("Ce n’était pas Léo.")
    with run_backend() as backend:
        phone.sign_in(backend, "camille.martin")
        desktop.sign_in(backend, "alex.martin", ALEX_SECRET)
        assert [phone.sync(), desktop.sync()] == [SETTLED, SETTLED]

        papers = []
        for name in PAPERS:
            (tmp_path / name).write_bytes(pdf(name))
            said = ("--title", name, "--category", "AUTR_DOC", "--date", "2026-04-01")
            papers.append(phone.ask("documents", "add", str(tmp_path / name), *said, *LEO)["id"])
        pill = phone.write("add", "treatments", *LEO, values={"medicine": "Ventoline"})
        asthma = phone.write("add", "conditions", *LEO, values={"condition": "Asthme"})
        vaccine = phone.write("add", "vaccines", *LEO, values={"vaccine": "Rappel DTP"})
        for one, other in ((pill, papers[0]), (asthma, pill), (vaccine, papers[2])):
            phone.ask("link", one, other)
        theirs = next(row for row in phone.ask("list", "vaccines", *LEO) if row["source"] == "professional")
        phone.ask("report", theirs["id"], "--from", str(note))
        assert [phone.sync(), desktop.sync()] == [SETTLED, SETTLED]

        there = desktop.find("treatments", "Ventoline", *LEO)
        assert list_linked(desktop, there) == list_linked(phone, pill) == ["Asthme", PAPERS[0]]
        assert list_linked(desktop, desktop.find("vaccines", "Rappel DTP", *LEO)) == [PAPERS[2]]
        assert [row["title"] for row in desktop.ask("list", "remarks", *LEO)] == ["Ce n’était pas Léo."]

        phone.ask("link", pill, papers[1])
        desktop.ask("link", there, desktop.find("documents", PAPERS[2], *LEO))
        desktop.ask("unlink", there, desktop.find("documents", PAPERS[0], *LEO))
        assert [phone.sync(), desktop.sync(), phone.sync()] == [SETTLED, SETTLED, SETTLED]
        assert list_linked(desktop, there) == list_linked(phone, pill) == ["Asthme", PAPERS[2], PAPERS[1]]
