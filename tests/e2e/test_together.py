"""Two parents in two browsers and a command line write in the record of one child, at once and offline, and agree."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.app import run_app
from tests.e2e.browser import DESKTOP, PHONE, Screen, open_browser
from tests.e2e.steps import (
    SENT,
    change_risk,
    do_beside,
    open_section,
    open_sync,
    switch_to,
    synchronise,
    unlock_by_phrase,
)
from tests.journeys.backend import Backend, run_lasting_backend
from tests.journeys.devices import ALEX_SECRET, LEO, SETTLED, Device

WEIGHT = {"measure": "weight", "value": "31.5", "date": "2026-10-01"}
KINDS = ("allergies", "treatments", "measures")


def enrol(folder: Path, name: str, backend: Backend, user: str, secret: str | None = None) -> Device:
    device = Device(folder / name)
    device.sign_in(backend, user, secret)
    assert device.sync() == SETTLED
    return device


@contextmanager
def open_app(browser: Browser, device: Device, size: tuple[int, int]) -> Iterator[Screen]:
    """The app of ``device``, open on the record of Léo."""
    with run_app(device.app.data, device.app.environment) as app:
        screen = Screen(browser, app.address, size)
        unlock_by_phrase(screen)
        switch_to(screen, "Léo")
        screen.see("Léo Martin")
        yield screen
        screen.close()


def add(screen: Screen, section: str, field: str, value: str, *, choice: str = "") -> None:
    open_section(screen, section)
    screen.tap("Ajouter")
    screen.fill(field, value)
    if choice:
        screen.tap(choice, role="radio")
    screen.tap("Enregistrer")
    screen.see("Enregistré.")


def write_offline(screen: Screen, backend: Backend) -> None:
    """An allergy, which leaves once there is a network."""
    backend.pull_the_plug()
    add(screen, "Allergies", "Allergie", "Kiwi", choice="Élevé")
    screen.tap("Retour")
    open_sync(screen)
    screen.see("1 envoi en attente")
    backend.plug_in()
    screen.tap("Actualiser")
    screen.see(SENT)
    screen.tap("Fermer")


def choose(screen: Screen) -> None:
    """From the sync to the version of this device."""
    open_sync(screen)
    screen.tap("Actualiser")
    screen.see("À départager")
    screen.tap(re.compile("^Kiwi"))
    screen.see(re.compile("Non évalué"))
    screen.tap("Tout prendre d’ici")
    screen.tap("Enregistrer ce choix")
    screen.see("Versions gardées de Léo Martin")
    screen.tap("Actualiser")
    screen.see(SENT)
    screen.tap("Fermer")


@pytest.mark.browser
@pytest.mark.soak
def test_what_two_parents_and_a_terminal_write_of_a_child_is_everywhere_and_one_chooses_where_they_clash(
    tmp_path: Path,
) -> None:
    with run_lasting_backend(tmp_path) as backend:
        camille = enrol(tmp_path, "camille", backend, "camille.martin")
        alex = enrol(tmp_path, "alex", backend, "alex.martin", ALEX_SECRET)
        terminal = enrol(tmp_path, "terminal", backend, "camille.martin")
        with (
            open_browser() as browser,
            open_app(browser, camille, PHONE) as phone,
            open_app(browser, alex, DESKTOP) as desktop,
        ):
            write_offline(phone, backend)
            add(desktop, "Traitements", "Médicament", "Vitamine D")
            do_beside(terminal.write, "add", "measures", *LEO, values=WEIGHT)
            assert do_beside(terminal.sync) == SETTLED
            synchronise(desktop)
            synchronise(phone)
            phone.go("Santé")
            for screen in (phone, desktop):
                for told in ("Kiwi", "Vitamine D", "31,5"):
                    screen.scroll_to(re.compile(told))

            change_risk(phone, "Kiwi", "Non évalué")
            phone.tap("Retour")
            phone.tap("Retour")
            synchronise(phone)
            change_risk(desktop, "Kiwi", "Faible")
            choose(desktop)
            synchronise(phone)
            phone.go("Santé")
            for screen in (phone, desktop):
                screen.scroll_up()
                screen.see(re.compile(r"Kiwi\s+Risque faible"))
                assert screen.requests_elsewhere == []

        assert [device.sync() for device in (terminal, alex, camille)] == [SETTLED] * 3
        for kind in KINDS:
            assert camille.read(kind, *LEO) == alex.read(kind, *LEO) == terminal.read(kind, *LEO)
        kiwi = terminal.ask("show", "allergies", terminal.find("allergies", "Kiwi", *LEO))
        assert kiwi["criticality"] == "low"
