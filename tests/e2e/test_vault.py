"""What protects the records, lived through in a real browser: other eyes, two tabs, a lost device, a forgotten PIN."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.app import AGEING, RunningApp, run_app
from tests.e2e.browser import COVER, DESKTOP, PHONE, Screen, open_browser
from tests.e2e.steps import (
    PIN,
    answer_groups,
    choose_pin,
    enter_pin,
    lock,
    open_security,
    read_recovery_code,
    unlock,
)
from tests.journeys.backend import run_backend
from tests.journeys.terminal import MesApp
from tests.journeys.test_first_day import sign_in as sign_in_at_terminal
from tests.secret_service import run_secret_service

NEW_PIN, WRONG_PIN = "618093", "904117"
PASSPHRASE = "quatre chevaux sautent une haie"
NOT_THIS_CODE = re.compile("^Ce code n’ouvre pas le carnet")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as running:
        yield running


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MesApp]:
    """Signed in and up to date, with ``PIN``: each story finds it so."""
    with run_secret_service() as environment, run_backend() as backend:
        enrolled = MesApp(tmp_path_factory.mktemp("phone"), {**environment, "MES_SERVER": backend.url})
        sign_in_at_terminal(enrolled, backend)
        assert enrolled.run("sync", secrets=f"{PIN}\n").code == 0
        yield enrolled


@dataclass(frozen=True)
class Open:
    """The app of ``phone``, locked between two stories."""

    app: RunningApp
    screen: Screen


@pytest.fixture(scope="module")
def opened(browser: Browser, phone: MesApp) -> Iterator[Open]:
    with run_app(phone.data, phone.environment, AGEING) as app:
        screen = Screen(browser, app.address)
        yield Open(app, screen)
        assert screen.requests_elsewhere == []
        screen.close()


def make_recovery_code(screen: Screen) -> list[str]:
    screen.tap("En créer un")
    enter_pin(screen, "Créer le code")
    groups = read_recovery_code(screen)
    screen.tap("C’est noté")
    answer_groups(screen, groups)
    screen.tap("Vérifier et garder ce code")
    screen.see("Votre code de récupération est en place")
    screen.tap("Terminé")
    return groups


def show_allergies_without_code(screen: Screen) -> None:
    screen.scroll_to(re.compile("^Informations d’urgence"))
    screen.tap(re.compile("^Informations d’urgence"))
    screen.tap("Allergies", role="switch")
    screen.see("Rendre lisible sans code ?")
    screen.tap("Rendre lisible")
    screen.see("Lisible sans code")


def go_back_to_records(screen: Screen) -> None:
    screen.tap("Retour")
    screen.see("Changer la clé")
    screen.tap("Retour")
    screen.tap("Fermer")
    screen.see("Aujourd’hui")


def recover(screen: Screen, groups: list[str], new_pin: str) -> None:
    screen.tap("Code oublié ?")
    screen.tap(re.compile("^Code de récupération"))
    screen.fill("Code de récupération", "-".join(groups))
    screen.tap("Continuer")
    choose_pin(screen, new_pin)


def save_backup(screen: Screen, path: Path) -> None:
    open_security(screen)
    screen.scroll_to(re.compile("^Sauvegarder"))
    screen.tap(re.compile("^Sauvegarder"))
    screen.fill("Phrase de passe de la sauvegarde", PASSPHRASE)
    screen.fill("La même phrase, encore une fois", PASSPHRASE)
    screen.save("Sauvegarder", path)
    screen.tap("Terminé")


def erase_device(screen: Screen) -> None:
    """From the overview of all protections."""
    screen.scroll_to(re.compile("^Quitter ou effacer"))
    screen.tap(re.compile("^Quitter ou effacer"))
    screen.tap(re.compile("^Effacer"))
    screen.tap(re.compile("^Je veux effacer"), role="checkbox")
    screen.tap("Effacer définitivement")


def restore(screen: Screen, path: Path) -> None:
    screen.tap("Restaurer une sauvegarde")
    screen.choose_file("Choisir le fichier", path)
    screen.fill("Phrase de passe de la sauvegarde", PASSPHRASE)
    screen.tap("Continuer")
    choose_pin(screen)
    screen.see("Aujourd’hui")


def read_a_document(screen: Screen) -> None:
    """And come back to the list."""
    screen.go("Documents")
    screen.scroll_to(re.compile("^Biologie : bilan"))
    screen.tap(re.compile("^Biologie : bilan"))
    screen.see(re.compile("Page 1 sur"))
    screen.tap("Retour")


@pytest.mark.browser
@pytest.mark.keyring
@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop", marks=pytest.mark.soak)]
)
def test_other_eyes_see_a_cover_then_a_lock_and_one_tab_alone_is_open(
    browser: Browser, phone: MesApp, size: tuple[int, int]
) -> None:
    with run_app(phone.data, phone.environment) as app:
        screen = Screen(browser, app.address, size)
        unlock(screen)
        open_security(screen)
        screen.choose("30 s")
        screen.hide(COVER)
        with app.frozen():
            screen.show()
            screen.see_cover()
        screen.choose("Aussitôt")
        screen.hide("Carnet verrouillé")
        screen.show()
        screen.see("Carnet verrouillé")

        unlock(screen)
        other = screen.open_beside()
        unlock(other)
        screen.see("Carnet verrouillé")
        screen.gone(re.compile("Martin"))
        screen.close()


@pytest.mark.browser
@pytest.mark.keyring
def test_what_an_erased_device_had_comes_back_from_a_backup(phone: MesApp, opened: Open, tmp_path: Path) -> None:
    screen, copy = opened.screen, tmp_path / "copy.sauvegarde"
    unlock(screen)
    read_a_document(screen)
    save_backup(screen, copy)

    opened.app.grow_old()
    erase_device(screen)
    screen.see("Est-ce bien vous ?")
    enter_pin(screen, "Confirmer")
    screen.see("Restaurer une sauvegarde")
    assert not (phone.data / "vault").exists()

    restore(screen, copy)
    screen.see("Reconnectez-vous pour mettre à jour")
    read_a_document(screen)
    lock(screen)


@pytest.mark.browser
@pytest.mark.keyring
def test_a_forgotten_pin_loses_nothing_and_help_finds_what_it_needs_on_the_lock(opened: Open) -> None:
    screen = opened.screen
    unlock(screen)
    open_security(screen)
    groups = make_recovery_code(screen)
    show_allergies_without_code(screen)
    go_back_to_records(screen)
    lock(screen)
    screen.gone(re.compile("Martin"))

    screen.tap("Informations d’urgence")
    screen.see("Camille Martin")
    screen.see(re.compile("Pénicilline"))
    screen.gone(re.compile("Lévothyroxine"))
    screen.tap("Retour")
    enter_pin(screen, "Déverrouiller", WRONG_PIN)
    screen.see(NOT_THIS_CODE)

    recover(screen, groups, NEW_PIN)
    screen.see(re.compile("^Vos carnets sont ouverts"))
    screen.go("Santé")
    screen.see(re.compile("Lévothyroxine"))
    lock(screen)
    enter_pin(screen, "Déverrouiller", PIN)
    screen.see(NOT_THIS_CODE)
    unlock(screen, NEW_PIN)
