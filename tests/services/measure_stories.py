"""Measures brought from files, as screens and terminal do it."""

import json

from mes_app.i18n.origins import word_origin
from mes_app.services.import_files import Picked
from mes_app.services.measure_imports import ImportedMeasures, MeasurePlan
from mes_app.services.session import Session
from tests.services.export_stories import ignore
from tests.services.family import Json


def table(*lines: str, name: str = "t.csv") -> Picked:
    """A CSV."""
    return Picked(name, data="\n".join(lines).encode())


def fhir(*resources: Json) -> Picked:
    """A Bundle."""
    entries = [{"resource": each} for each in resources]
    return Picked(
        "f.json", data=json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()
    )


async def look(session: Session, pid: str, *files: Picked) -> MeasurePlan:
    """What would become of all that is in clear ``files``."""
    return await session.measure_imports.plan(pid, await session.measure_imports.look(files), ignore)


async def bring(session: Session, pid: str, *files: Picked) -> tuple[MeasurePlan, ImportedMeasures]:
    """Add all that can be believed."""
    plan = await look(session, pid, *files)
    return plan, await session.measure_imports.run(plan, plan.list_sure(), word_origin, ignore)
