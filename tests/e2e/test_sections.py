"""Five kinds of forms in a browser without network: written, changed, deleted, each of it taken back; then sent."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from mes_app.domain.record import Kind
from tests.e2e.app import run_app
from tests.e2e.browser import DESKTOP, PHONE, Screen, open_browser
from tests.e2e.steps import do_beside, open_section, synchronise, take_back, unlock_by_phrase
from tests.e2e.test_together import enrol
from tests.journeys.backend import Backend, run_lasting_backend
from tests.journeys.devices import SETTLED, Device

SINCE = "Depuis (facultatif)"
RPPS, MISTYPED = "99700218896", "99700218986"
MAXIMAL, MINIMAL, NUMBER = re.compile("^Maximale"), re.compile("^Minimale"), re.compile("^Numéro RPPS")
"""Fields whose names go on with their unit, or with what is wrong."""


@dataclass(frozen=True)
class Section:
    """One section, as it is on the screen, and one record of it.

    ``way``: from the list to the record, by patterns without slash, which Playwright takes for their end; ``first`` and
    ``later``: what is told of the record before and after the ``change``; ``kept``: the record called ``title`` on
    another device.
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


def fill_pressure(screen: Screen) -> None:
    screen.pick("Mesure", "Tension artérielle")
    screen.pick("Unité", "cmHg")
    screen.fill(MAXIMAL, "8,4")
    screen.fill(MINIMAL, "13,1")
    screen.tap("Enregistrer")
    screen.see("À corriger : Minimale (diastolique).")
    screen.fill(MAXIMAL, "13,1")
    screen.fill(MINIMAL, "8,4")


def lower_pressure(screen: Screen) -> None:
    screen.fill(MAXIMAL, "12,6")


def fill_professional(screen: Screen) -> None:
    screen.fill("Nom", "Dr Inès Garcia")
    screen.fill("Téléphone (facultatif)", "01 99 00 12 34")
    screen.scroll_to(NUMBER, beside=True)
    screen.fill(NUMBER, MISTYPED)
    screen.tap("Enregistrer")
    screen.see("À corriger : Numéro RPPS.")
    screen.fill(NUMBER, RPPS)


def change_phone(screen: Screen) -> None:
    screen.fill("Téléphone (facultatif)", "01 99 00 56 78")


def fill_condition(screen: Screen) -> None:
    screen.fill("Maladie ou sujet de santé", "Tendinite du coude")
    for part, figures in (("Mois", "05"), ("Année", "2019")):
        screen.fill(part, figures, group=SINCE)
    screen.pick("État", "En rémission")


def heal(screen: Screen) -> None:
    screen.pick("État", "Guérie")


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
    Section(
        Kind.MEASURES,
        "Mesures",
        fill_pressure,
        ("^Tension artérielle", r"^13,1.8,4\s"),
        r"13,1/8,4\scmHg",
        lower_pressure,
        r"12,6/8,4\scmHg",
        "Tension artérielle",
        {"value": "131", "value2": "84", "unit": "mm[Hg]"},
    ),
    Section(
        Kind.PROFESSIONALS,
        "Professionnels",
        fill_professional,
        ("^Dr Inès Garcia",),
        "01 99 00 12 34",
        change_phone,
        "01 99 00 56 78",
        "Dr Inès Garcia",
        {"phones": ["01 99 00 12 34"], "rpps": RPPS},
    ),
    Section(
        Kind.CONDITIONS,
        "Maladies",
        fill_condition,
        ("^Tendinite du coude",),
        r"État\s: en rémission",
        heal,
        r"État\s: guérie",
        "Tendinite du coude",
        {"since": {"text": "2019-05"}, "status": "remission"},
    ),
)


@dataclass(frozen=True)
class Home:
    """Two devices of one person. ``screen`` shows the app of the first, on a destination when no story is told."""

    backend: Backend
    screen: Screen
    other: Device


@pytest.fixture(scope="module", params=[pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop")])
def home(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("home")
    with run_lasting_backend(folder) as backend:
        device, other = (enrol(folder, name, backend, "camille.martin") for name in ("device", "other"))
        with open_browser() as browser, run_app(device.app.data, device.app.environment) as app:
            screen = Screen(browser, app.address, request.param)
            unlock_by_phrase(screen)
            yield Home(backend, screen, other)
            assert screen.requests_elsewhere == []
            screen.close()


def open_record(screen: Screen, section: Section) -> None:
    """From the list of its section."""
    for number, step in enumerate(section.way):
        screen.scroll_to(re.compile(step), beside=number > 0)
        screen.tap(re.compile(step))
    screen.see(re.compile(section.first))


def find_record(device: Device, section: Section) -> dict[str, object]:
    """The record of that title on ``device``."""
    listed = device.ask("list", section.kind)
    found = next(row["id"] for row in listed if row["title"] == section.title)
    return dict(device.ask("show", section.kind, found))


@pytest.mark.soak
@pytest.mark.browser
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.kind)
def test_a_record_is_written_changed_deleted_and_taken_back_without_network_then_is_on_the_other_device(
    home: Home, section: Section
) -> None:
    screen = home.screen
    home.backend.pull_the_plug()
    open_section(screen, section.name)
    screen.tap("Ajouter")
    section.write(screen)
    screen.tap("Enregistrer")
    screen.see("Enregistré.")
    open_record(screen, section)

    screen.scroll_to("Modifier", beside=True)
    screen.tap("Modifier")
    section.change(screen)
    screen.tap("Enregistrer")
    screen.see("Modification enregistrée.")
    screen.see(re.compile(section.later))
    take_back(screen)
    screen.see(re.compile(section.first))

    screen.scroll_to("Supprimer", beside=True)
    screen.tap("Supprimer")
    screen.see("Supprimé.")
    screen.gone(re.compile(section.way[-1]))
    take_back(screen)
    screen.scroll_to(re.compile(section.way[0]))
    if screen.size == PHONE:
        screen.tap("Retour")

    home.backend.plug_in()
    synchronise(screen)
    assert do_beside(home.other.sync) == SETTLED
    assert section.kept.items() <= do_beside(find_record, home.other, section).items()
