"""Any FHIR R4 server will do: an independent one, with a patient whose codes are not French."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.plain_servers import VISITS, load_patient, run_plain_server
from tests.journeys.terminal import MesApp
from tests.secret_service import run_secret_service

PIN = "270814\n"


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[MesApp]:
    with run_secret_service() as environment:
        yield MesApp(tmp_path / "vault", environment)


@pytest.mark.keyring
@pytest.mark.parametrize(("visits", "resources"), [(VISITS, 450), pytest.param(53, 2500, marks=pytest.mark.soak)])
def test_a_patient_of_many_visits_on_a_server_of_others_is_read_and_summarised(
    phone: MesApp, tmp_path: Path, visits: int, resources: int
) -> None:
    with run_plain_server(tmp_path) as base:
        patient, written = load_patient(base, visits)
        connected = phone.run("connect", "--fhir", base, "--patient", patient, secrets=PIN)
        assert connected.code == 0, connected.err
        synced = phone.run("sync", "--json", secrets=PIN)
    assert synced.code == 0, synced.err
    assert written >= resources
    counts = synced.data["profiles"][0]["counts"]
    assert sum(counts.values()) > 0.9 * written
    assert phone.run("list", "measures", "--json", secrets=PIN).data
    synthesis = tmp_path / "summary.pdf"
    assert phone.run("synthesis", "-o", str(synthesis), secrets=PIN).code == 0
    assert synthesis.read_bytes().startswith(b"%PDF-")
