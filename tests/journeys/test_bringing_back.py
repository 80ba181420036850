"""What comes out of one vault goes into another, and to its server: all of it, a professional's documents too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mes_app.domain.people import Profile
from mes_app.services.session import Session
from tests.journeys.backend import Backend, run_backend
from tests.journeys.devices import SETTLED, Device
from tests.services.export_stories import ignore
from tests.services.family import tell
from tests.services.import_stories import MORE, build_empty, furnish


@pytest.fixture
def backend() -> Iterator[Backend]:
    with run_backend() as served:
        yield served


def take_out(folder: Path) -> Path:
    """The archive of somebody else's server about the one who signs in."""

    async def story(session: Session, family: list[Profile]) -> None:
        await furnish(session, family)
        await session.exporting.write(folder / "out.zip", [family[0].pid], ignore)

    folder.mkdir()
    people = build_empty("mother", "daughter")
    people[2] |= {"name": [{"family": "Martin", "given": ["Camille"]}], "birthDate": ""}
    tell(folder, story, resources=people, more=MORE)
    return folder / "out.zip"


@pytest.mark.soak
def test_an_archive_goes_to_the_server_and_to_another_device(tmp_path: Path, backend: Backend) -> None:
    archive = str(take_out(tmp_path / "other"))
    one, other = Device(tmp_path / "one"), Device(tmp_path / "two")
    one.sign_in(backend, "camille.martin")
    one.sync()
    told = one.ask("documents", "import", archive, "--yes")
    assert (told["failed"], told["left"]) == ([], 0)
    assert told["added"] == len(told["items"])
    assert one.sync() == SETTLED
    assert one.sync() == SETTLED
    assert {item["state"] for item in one.ask("documents", "import", archive)["items"]} == {"duplicate"}
    other.sign_in(backend, "camille.martin")
    assert other.sync() == SETTLED
    (letter,) = [row for row in other.ask("documents", "list") if row["title"] == "Lettre corrigée"]
    assert letter["source"] == "professional"
    assert {item["state"] for item in other.ask("documents", "import", archive)["items"]} == {"duplicate"}
