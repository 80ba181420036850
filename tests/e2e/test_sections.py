"""Forms in a browser without network: written, changed, deleted, each of it taken back; then sent."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from mes_app.domain.record import Kind
from tests.e2e.app import run_app
from tests.e2e.browser import Screen, open_browser
from tests.e2e.steps import do_beside, open_section, synchronise, take_back, unlock_by_phrase
from tests.e2e.test_together import enrol
from tests.journeys.backend import Backend, run_lasting_backend
from tests.journeys.devices import SETTLED, Device

SINCE = "Depuis (facultatif)"


@dataclass(frozen=True)
class Section:
    """One section, as it is on the screen, and one record of it.

    ``way``: from the list to the record; ``first`` and ``later``: what is told of the record before and after the
    ``change``; ``kept``: the record called ``title`` on another device.
    """

    kind: Kind
    name: str
    write: Callable[[Screen], None]
    way: tuple[str, ...]
    first: str
    change: Callable[[Screen], None]
    later: str
    title: str
    kept: dict[str, object]


def fill_allergy(screen: Screen) -> None:
    screen.fill("Allergie", "Noix de cajou")
    screen.tap("Élevé", role="radio")
    screen.tap("Sévère", role="radio")


def lower_risk(screen: Screen) -> None:
    screen.tap("Faible", role="radio")


def fill_treatment(screen: Screen) -> None:
    screen.fill("Médicament", "Amox")
    screen.tap("Amoxicilline")
    screen.fill("Posologie (facultatif)", "1 comprimé le matin\n1 comprimé le soir")
    for part, figures in (("Jour", "14"), ("Mois", "11"), ("Année", "2026")):
        screen.fill(part, figures, group=SINCE)


def halve_dosage(screen: Screen) -> None:
    screen.fill("Posologie (facultatif)", "1 comprimé le soir")


SECTIONS = (
    Section(
        Kind.ALLERGIES,
        "Allergies",
        fill_allergy,
        ("^Noix de cajou",),
        r"Risque\s: élevé",
        lower_risk,
        r"Risque\s: faible",
        "Noix de cajou",
        {"criticality": "high", "severity": "severe"},
    ),
    Section(
        Kind.TREATMENTS,
        "Traitements",
        fill_treatment,
        ("^Amoxicilline",),
        r"Posologie\s: 1 comprimé le matin\s1 comprimé le soir",
        halve_dosage,
        r"Posologie\s: 1 comprimé le soir",
        "Amoxicilline",
        {"dosage": "1 comprimé le matin\n1 comprimé le soir", "since": {"text": "2026-11-14"}},
    ),
)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with run_lasting_backend(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module")
def other(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Device:
    """The second device of the same person."""
    return enrol(tmp_path_factory.mktemp("other"), "camille", backend, "camille.martin")


@pytest.fixture(scope="module")
def screen(backend: Backend, other: Device, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """The app of the first one, on a destination before each story and after it."""
    device = enrol(tmp_path_factory.mktemp("device"), "camille", backend, "camille.martin")
    with open_browser() as browser, run_app(device.app.data, device.app.environment) as app:
        shown = Screen(browser, app.address)
        unlock_by_phrase(shown)
        yield shown
        assert shown.requests_elsewhere == []
        shown.close()


def open_record(screen: Screen, section: Section) -> None:
    """From the list of its section."""
    for step in section.way:
        screen.scroll_to(re.compile(step))
        screen.tap(re.compile(step))
    screen.see(re.compile(section.first))


def find_newest(device: Device, section: Section) -> dict[str, object]:
    """The record of that title on ``device``."""
    listed = device.ask("list", section.kind)
    found = next(row["id"] for row in listed if row["title"] == section.title)
    return dict(device.ask("show", section.kind, found))


@pytest.mark.soak
@pytest.mark.browser
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.kind)
def test_a_record_is_written_changed_deleted_and_taken_back_without_network_then_is_on_the_other_device(
    screen: Screen, backend: Backend, other: Device, section: Section
) -> None:
    backend.pull_the_plug()
    open_section(screen, section.name)
    screen.tap("Ajouter")
    section.write(screen)
    screen.tap("Enregistrer")
    screen.see("Enregistré.")
    open_record(screen, section)

    screen.scroll_to("Modifier")
    screen.tap("Modifier")
    section.change(screen)
    screen.tap("Enregistrer")
    screen.see("Modification enregistrée.")
    screen.see(re.compile(section.later))
    take_back(screen)
    screen.see(re.compile(section.first))

    screen.scroll_to("Supprimer")
    screen.tap("Supprimer")
    screen.see("Supprimé.")
    screen.gone(re.compile(section.way[-1]))
    take_back(screen)
    screen.scroll_to(re.compile(section.way[0]))
    screen.tap("Retour")

    backend.plug_in()
    synchronise(screen)
    assert do_beside(other.sync) == SETTLED
    assert section.kept.items() <= do_beside(find_newest, other, section).items()
