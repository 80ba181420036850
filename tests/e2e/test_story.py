"""The story of the first day in a real browser: sign in, sync, read, switch child, no network, PIN, synthesis."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.app import run_app
from tests.e2e.browser import DESKTOP, PHONE, Screen, open_browser
from tests.e2e.steps import choose_pin, enter_pin, sign_in, switch_to
from tests.journeys.backend import run_backend
from tests.secret_service import run_secret_service


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as running:
        yield running


def read_prescription(screen: Screen, title: str) -> None:
    screen.go("Documents")
    screen.fill("Rechercher un document", "ordonnance")
    screen.tap(re.compile(title))
    screen.see(re.compile("Page 1 sur"))


@pytest.mark.browser
@pytest.mark.keyring
@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop", marks=pytest.mark.soak)]
)
def test_a_parent_signs_in_once_and_reads_everything_without_network(
    browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    with run_secret_service() as environment, run_backend() as backend:
        with run_app(tmp_path, {**environment, "MES_SERVER": backend.url}) as app:
            screen = Screen(browser, app.address, size)
            sign_in(screen, backend)
            choose_pin(screen)
            screen.see("Tout est là.")
            screen.tap("Continuer")
            screen.see("Aujourd’hui")
            read_prescription(screen, "^Ordonnance")
            backend.pull_the_plug()
            switch_to(screen, "Léo")
            read_prescription(screen, "^Ordonnance")
            assert screen.requests_elsewhere == []
            screen.close()

        with run_app(tmp_path, {**environment, "MES_SERVER": backend.url}) as app:
            screen = Screen(browser, app.address, size)
            screen.see("Carnet verrouillé")
            screen.gone("Camille")
            enter_pin(screen, "Déverrouiller")
            screen.see("Camille Martin")
            screen.see(re.compile("Hors ligne"))
            screen.go("Santé")
            screen.see("Pénicilline")
            screen.go("Accueil")
            screen.tap(re.compile("^Synthèse de santé"))
            screen.see(re.compile("Page 1 sur"))
            screen.close()
