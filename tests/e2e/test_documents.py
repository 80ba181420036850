"""The documents of a person as stories: found, read, added, hidden, deleted, saved; by the words on the screen."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.browser import DESKTOP, PHONE, open_browser
from tests.e2e.dossiers import SEARCH, Dossier, open_dossier, write_files
from tests.e2e.steps import SENT, open_section, open_sync, take_back
from tests.formats.locked_files import locked
from tests.journeys.backend import Backend, run_lasting_backend
from tests.journeys.devices import SETTLED, Device
from tests.services.family import image, pdf

LETTER = "Lettre d’adressage au Dr Benali"
CERTIFICATE = "Certificat médical : course à pied"
PASSWORD = "martin88"
ALL_WAY = re.compile("^Page 1 sur 1")
LARGEST = 5_000_000
OWN_TITLE = "Pour le marathon"
FOLDER = {PHONE: "Sport", DESKTOP: "Courses"}
NOTEBOOK = {PHONE: "Carnet de suivi", DESKTOP: "Cahier de soins"}
GENOU = {PHONE: "Genou droit", DESKTOP: "Genou gauche"}


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with run_lasting_backend(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module")
def device(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Device:
    """Up to date, with one document more, which asks for a password."""
    folder = tmp_path_factory.mktemp("devices")
    enrolled = Device(folder / "camille")
    enrolled.sign_in(backend, "camille.martin")
    assert enrolled.sync() == SETTLED
    (protected,) = write_files(folder, {"releve.pdf": locked(pdf("Relevé"), PASSWORD)})
    said = ("--title", "Relevé de mutuelle", "--category", "DOC_ADM", "--date", "2026-01")
    enrolled.ask("documents", "add", str(protected), *said)
    assert enrolled.sync() == SETTLED
    return enrolled


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as running:
        yield running


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(PHONE, id="phone", marks=pytest.mark.soak),
        pytest.param(DESKTOP, id="desktop", marks=pytest.mark.soak),
    ],
)
def dossier(device: Device, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Dossier]:
    """Each story leaves the list as it found it."""
    with open_dossier(browser, device, request.param) as opened:
        yield opened
        assert opened.screen.requests_elsewhere == []


def photo() -> bytes:
    """A photo that is not easily made smaller."""
    out = io.BytesIO()
    Image.effect_noise((1000, 750), 60).save(out, "JPEG", quality=90)
    return out.getvalue()


def say_what_it_is(dossier: Dossier, title: str, category: str) -> None:
    dossier.screen.fill("Titre", title)
    dossier.screen.pick("Catégorie", category)


@pytest.mark.browser
def test_three_letters_and_enter_open_the_document_of_a_doctor_a_medicine_or_an_organ(dossier: Dossier) -> None:
    screen = dossier.screen
    screen.gone(re.compile("^Indexation"))
    for typed, title in (
        ("ben", LETTER),
        ("lev", "Dispensation : lévothyroxine 75 µg"),
        ("rei", "Échographie obstétricale du 2e trimestre"),
    ):
        dossier.open_first(typed, title)
        dossier.leave()
    screen.see(re.compile("Abdomen, reins, vessie"))
    dossier.clear_search()
    screen.see(re.compile("^Notes pour le prochain rendez-vous"))

    screen.tap("Filtrer et trier")
    for choice in ("Un professionnel", "3 ans", "Anciens d’abord"):
        screen.tap(choice, role="checkbox")
    screen.tap("Fermer")
    screen.gone(re.compile("^Notes pour le prochain rendez-vous"))
    screen.see("Biologie : contrôle de la TSH")
    screen.tap("Filtrer et trier (2 filtres)")
    screen.tap("Tout effacer")
    screen.tap("Fermer")
    screen.see(re.compile("^Notes pour le prochain rendez-vous"))


@pytest.mark.browser
def test_pages_a_picture_a_text_and_a_protected_pdf_are_read_without_network(
    dossier: Dossier, backend: Backend
) -> None:
    screen = dossier.screen
    backend.pull_the_plug()
    dossier.open_first("synthese medicale", "Synthèse médicale")
    screen.scroll_to("Page 2 sur 2, agrandir", beside=True)
    screen.tap("Page 2 sur 2, agrandir")
    screen.tap("Page précédente")
    screen.see("Page 1 sur 2")
    screen.tap("Agrandir")
    screen.tap("Revenir au document")
    dossier.leave()
    dossier.open_first("photo ordonnance", "Photo d’une ordonnance manuscrite")
    screen.see(ALL_WAY)
    dossier.leave()
    dossier.open_first("notes rendez-vous", "Notes pour le prochain rendez-vous")
    screen.see(re.compile("Faut-il refaire la TSH"))
    dossier.leave()
    dossier.open_first("serologies fer", "Biologie : sérologies et contrôle du fer")
    screen.see(re.compile(r"Ferritine\s:\s38\sµg/L"))
    dossier.leave()
    dossier.open_first("releve mutuelle", "Relevé de mutuelle")
    screen.fill("Mot de passe du document", "martin99")
    screen.tap("Ouvrir")
    screen.see("Ce mot de passe n’ouvre pas le document.")
    screen.fill("Mot de passe du document", PASSWORD)
    screen.tap("Ouvrir")
    screen.see(ALL_WAY)
    dossier.leave()
    backend.plug_in()


@pytest.mark.browser
def test_the_results_of_an_analysis_are_followed_over_the_years(dossier: Dossier) -> None:
    screen = dossier.screen
    open_section(screen, "Résultats")
    screen.scroll_to(re.compile(r"^TSH\s: voir"), beside=True)
    screen.tap("TSH : voir l’évolution")
    screen.see(re.compile(r"résultats\s: de 9,8\smUI/L"))
    screen.tap("TSH : refermer l’évolution")
    dossier.leave()
    screen.go("Documents")


@pytest.mark.browser
def test_a_photo_and_a_pdf_are_added_and_what_would_harm_or_is_too_heavy_is_refused_with_its_reason(
    dossier: Dossier, tmp_path: Path
) -> None:
    screen = dossier.screen
    files = {
        "bilan.pdf": pdf("Bilan"),
        "genou.jpg": image("JPEG", (300, 200)),
        "virus.pdf": b"#!/bin/sh\nrm -rf ~\n",
        "juste.txt": b"a" * LARGEST,
        "trop.txt": b"a" * (LARGEST + 1),
    }
    screen.tap("Ajouter")
    screen.choose_file("Choisir des fichiers", *write_files(tmp_path, files))
    screen.see(re.compile("^Ce fichier dépasse 5 Mo"))
    screen.see(re.compile("^Ce fichier contient un programme ou un script"))
    for name in ("virus.pdf", "juste.txt", "trop.txt"):
        screen.tap(f"Retirer {name}")
    title = GENOU[dossier.size]
    say_what_it_is(dossier, title, "Radio, écho, scanner, IRM")
    screen.tap("Enregistrer")
    screen.see("C’est ajouté.")
    screen.fill(SEARCH, title)
    screen.see(f"{title} (2)")
    dossier.open_first(f"{title} (1)", f"{title} (1)")
    screen.see(ALL_WAY)
    dossier.leave()
    dossier.clear_search()


@pytest.mark.browser
def test_twenty_photos_become_one_document_and_the_work_can_be_stopped(dossier: Dossier, tmp_path: Path) -> None:
    screen = dossier.screen
    taken = photo()
    screen.tap("Ajouter")
    screen.choose_file(
        "Choisir des photos", *write_files(tmp_path, {f"page {number}.jpg": taken for number in range(1, 21)})
    )
    screen.see(re.compile(r"page 20\.jpg"))
    screen.scroll_to("Réunir les 20 photos en un seul document, une par page", beside=True)
    screen.scroll_to("Titre", beside=True)
    title = NOTEBOOK[dossier.size]
    say_what_it_is(dossier, title, "Comptes rendus")
    screen.tap("Enregistrer")
    screen.tap("Annuler")
    screen.see(re.compile(r"page 20\.jpg"))
    screen.tap("Enregistrer")
    screen.see("Document ajouté.")
    dossier.open_first(title, title)
    screen.see(re.compile("^Page 1 sur 20"))
    dossier.leave()
    dossier.clear_search()


@pytest.mark.browser
def test_a_document_is_hidden_as_a_request_then_as_the_service_applies_it_and_all_are_in_one_tap(
    dossier: Dossier,
) -> None:
    screen = dossier.screen
    for item, told in (
        ("Masquer aux professionnels", "Masqué aux professionnels"),
        ("Montrer aux professionnels", "Montré aux professionnels"),
    ):
        dossier.open_first("certificat course", CERTIFICATE)
        dossier.act(item)
        screen.see(f"{told} : demandé")
        dossier.leave()
        open_sync(screen)
        screen.tap("Actualiser")
        screen.see(SENT)
        screen.tap("Fermer")
        if item.startswith("Masquer"):
            dossier.open_first("certificat course", CERTIFICATE)
            screen.see(f"{told} : appliqué")
            dossier.leave()
    dossier.clear_search()

    dossier.act_on_list("Qui voit les documents")
    screen.tap("Tout masquer")
    screen.see("Tous masqués aux professionnels : demandé.")
    take_back(dossier.screen)
    dossier.act_on_list("Qui voit les documents")
    screen.see(re.compile(r"^1 document masqué sur \d+"))
    screen.tap(re.compile("^Masquer ce que j’ajoute"), role="switch")
    screen.tap("Fermer")
    screen.tap("Ajouter")
    expect(screen.find("Masquer aux professionnels", role="checkbox")).to_be_checked()
    dossier.leave()
    dossier.act_on_list("Qui voit les documents")
    screen.tap(re.compile("^Masquer ce que j’ajoute"), role="switch")
    screen.tap("Fermer")


@pytest.mark.browser
def test_what_one_added_is_deleted_and_taken_back_and_what_a_doctor_wrote_is_hidden_instead(dossier: Dossier) -> None:
    screen = dossier.screen
    dossier.open_first("questionnaire", "Questionnaire avant consultation")
    dossier.act("Supprimer")
    screen.see("Document supprimé.")
    take_back(dossier.screen)
    dossier.open_first("questionnaire", "Questionnaire avant consultation")
    dossier.leave()

    dossier.open_first("certificat course", CERTIFICATE)
    dossier.act("Supprimer")
    screen.see("Ce document ne se supprime pas")
    screen.tap("Masquer aux professionnels")
    screen.see("Masqué aux professionnels : demandé")
    take_back(dossier.screen)
    dossier.leave()
    dossier.clear_search()
    screen.gone("C’est annulé.")


@pytest.mark.browser
def test_a_document_is_saved_as_it_is(dossier: Dossier, tmp_path: Path) -> None:
    dossier.open_first("synthese medicale", "Synthèse médicale")
    dossier.screen.save("Enregistrer", tmp_path / "copie.pdf")
    dossier.screen.see("Document enregistré.")
    assert (tmp_path / "copie.pdf").read_bytes().startswith(b"%PDF")
    dossier.leave()
    dossier.clear_search()


@pytest.mark.browser
def test_a_document_is_pinned_put_into_a_folder_and_called_by_a_title_of_ones_own(dossier: Dossier) -> None:
    screen = dossier.screen
    dossier.open_first("certificat course", CERTIFICATE)
    dossier.act("Renommer pour moi")
    screen.fill("Votre titre", OWN_TITLE)
    screen.tap("Renommer")
    dossier.see_opened(OWN_TITLE)
    dossier.act("Épingler")
    screen.see("Épinglé en haut de la liste.")
    dossier.act("Déplacer dans un dossier")
    screen.tap("Nouveau dossier")
    screen.fill("Nom du dossier", FOLDER[dossier.size])
    screen.tap("Créer")
    screen.see("Rangé dans le dossier.")
    dossier.leave()
    dossier.clear_search()
    expect(screen.find("Épinglés", role="heading")).to_be_attached()

    dossier.open_first("certificat course", OWN_TITLE)
    dossier.act("Désépingler")
    dossier.act("Renommer pour moi")
    screen.fill("Votre titre", "")
    screen.tap("Renommer")
    dossier.see_opened(CERTIFICATE)
    dossier.leave()
    dossier.clear_search()


@pytest.mark.browser
def test_the_whole_dossier_is_taken_away_and_shown_before_it_comes_back(dossier: Dossier, tmp_path: Path) -> None:
    screen, archive = dossier.screen, tmp_path / "dossier.zip"
    dossier.act_on_list("Exporter le dossier")
    screen.see("Cette archive n’est pas chiffrée")
    dossier.app.grow_old()
    with screen.page.expect_download() as handed:
        screen.tap("Exporter")
        dossier.prove()
    handed.value.save_as(archive)
    screen.tap("Terminé")
    with ZipFile(archive) as kept:
        assert any("Synthèse médicale" in name for name in kept.namelist())

    screen.tap(re.compile("^Importer"))
    new, broken = write_files(tmp_path, {"nouveau.pdf": pdf("Nouveau"), "abime.zip": archive.read_bytes()[:999]})
    screen.choose_file("Choisir des fichiers", archive, new, broken)
    screen.see("À ajouter (1)")
    screen.see("Impossibles à ajouter (1)")
    screen.scroll_to(re.compile("^Déjà dans le dossier"))
    screen.tap("Ajouter 1 élément")
    screen.see("1 élément ajouté.")
    screen.tap("Voir les documents")
    dossier.open_first("nouveau", "nouveau")
    dossier.act("Supprimer")
    screen.see("Document supprimé.")
    dossier.clear_search()
