"""The story of the first day, told in a terminal: sign in, sync, read offline, switch child, print the synthesis."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journeys.backend import Backend, run_backend
from tests.journeys.terminal import MesApp
from tests.secret_service import run_secret_service

PIN = "270814\n"
USER = "camille.martin"


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with run_backend() as running:
        yield running


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MesApp]:
    with run_secret_service() as environment:
        yield MesApp(tmp_path_factory.mktemp("vault"), environment)


@pytest.fixture(scope="module")
def synced(phone: MesApp, backend: Backend) -> MesApp:
    sign_in(phone, backend)
    assert phone.run("sync", secrets=PIN).code == 0
    return phone


def sign_in(phone: MesApp, backend: Backend) -> None:
    with phone.start("login", "--server", backend.url, "--user", USER) as login:
        assert login.stdin
        login.stdin.write(backend.password(USER) + "\n")
        login.stdin.flush()
        login.stdin.write(backend.next_code(USER) + "\n" + PIN)
        login.stdin.flush()
        _, err = login.communicate()
    assert login.returncode == 0, err


@pytest.mark.keyring
def test_a_parent_reads_offline_and_prints_the_synthesis_of_a_child(
    synced: MesApp, backend: Backend, tmp_path: Path
) -> None:
    status = synced.run("status", "--json", secrets=PIN).data
    assert [profile["name"].split()[0] for profile in status["profiles"]] == ["Camille", "Léo", "Jeanne"]

    backend.pull_the_plug()

    refused = synced.run("sync", secrets=PIN)
    assert refused.code == 1
    assert "serveur" in refused.err

    documents = synced.run("list", "documents", "--json", secrets=PIN).data
    prescription = next(document for document in documents if document["title"].startswith("Ordonnance"))
    assert prescription["category"] == "ORD_SOIN"
    copy = tmp_path / "ordonnance.pdf"
    assert synced.run("documents", "get", prescription["id"], "-o", str(copy), secrets=PIN).code == 0
    assert "Camille" in text_of(copy.read_bytes())

    synthesis = tmp_path / "synthese.pdf"
    assert synced.run("synthesis", "--profile", "Léo", "-o", str(synthesis), secrets=PIN).code == 0
    words = text_of(synthesis.read_bytes())
    assert "Léo Martin" in words
    assert "Asthme" in words
    assert "Lévothyroxine" not in words


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
