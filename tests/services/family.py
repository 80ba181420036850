"""A family of two, small enough to be written by hand, opened through the same door as the demonstration."""

import asyncio
import base64
import gzip
import io
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from mes_app.bootstrap import make_carnets
from mes_app.config import Config
from mes_app.domain.document_filters import DocumentFilter
from mes_app.domain.people import Profile
from mes_app.domain.record import Row
from mes_app.services.session import Session
from mes_app.sync.bundle_servers import HOLDER

T = TypeVar("T")
Json = dict[str, Any]
FONTS = Path(__file__).parents[2] / "assets" / "fonts"


def pdf(words: str, pages: int = 1) -> bytes:
    """A real PDF that says ``words`` on each page."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def image(kind: str, size: tuple[int, int] = (40, 30), pages: int = 1) -> bytes:
    """A real picture in the format that Pillow calls ``kind``."""
    out = io.BytesIO()
    pictures = [Image.new("RGB", size, (11, 110, 105)) for _ in range(pages)]
    more = {"save_all": True, "append_images": pictures[1:]} if pages > 1 else {}
    pictures[0].save(out, kind, **more)
    return out.getvalue()


def document(number: int, title: str, data: bytes, declared: str, **more: Any) -> list[Json]:
    """A DocumentReference of the mother and its Binary."""
    attachment = {"contentType": declared, "title": title, "size": len(data), "url": f"Binary/b{number}"}
    reference = {
        "resourceType": "DocumentReference",
        "id": f"d{number}",
        "status": "current",
        "type": {"coding": [{"system": "http://loinc.org", "code": "57833-6"}]},
        "subject": {"reference": "Patient/mother"},
        "author": [{"display": "Dr Karim Benali"}],
        "date": f"2026-0{number}-01T10:00:00+02:00",
        "content": [{"attachment": attachment}],
    }
    binary = {"resourceType": "Binary", "id": f"b{number}", "contentType": declared}
    return [reference | more, binary | {"data": base64.b64encode(data).decode()}]


def patient(rid: str, given: str, birth: str, gender: str) -> Json:
    return {
        "resourceType": "Patient",
        "id": rid,
        "name": [{"use": "official", "family": "Martin", "given": [given]}],
        "birthDate": birth,
        "gender": gender,
        "identifier": [{"system": "urn:oid:1.2.250.1.213.1.4.10", "value": "288077512345622"}],
    }


def of_mother(resource_type: str, rid: str, **elements: Any) -> Json:
    owner = "subject" if resource_type in ("Observation", "Condition", "List") else "patient"
    return {"resourceType": resource_type, "id": rid, owner: {"reference": "Patient/mother"}} | elements


def weight(number: int, value: float, day: str) -> Json:
    return of_mother(
        "Observation",
        f"w{number}",
        status="final",
        code={"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        effectiveDateTime=day,
        valueQuantity={"value": value, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
    )


def appointment(number: int, start: str, status: str = "booked") -> Json:
    participant = [{"actor": {"reference": "Patient/mother"}, "status": "accepted"}]
    more = {"status": status, "start": start, "description": f"Visite {number}", "participant": participant}
    return {"resourceType": "Appointment", "id": f"a{number}"} | more


def build_resources() -> list[Json]:
    """Everything of the family; the daughter has one allergy and nothing else."""
    substance = {"text": "Pénicilline"}
    daughter = {"patient": {"reference": "Patient/daughter"}, "code": {"text": "Pollen"}}
    return [
        {
            "resourceType": "Person",
            "id": HOLDER.split("/")[1],
            "link": [{"target": {"reference": "Patient/mother"}}, {"target": {"reference": "RelatedPerson/r"}}],
        },
        {"resourceType": "RelatedPerson", "id": "r", "patient": {"reference": "Patient/daughter"}},
        patient("mother", "Anaïs", "1988-07-12", "female"),
        patient("daughter", "Zoé", "2017-02-28", "female"),
        of_mother("AllergyIntolerance", "p", code=substance, criticality="high", recordedDate="2020-01-01"),
        {"resourceType": "AllergyIntolerance", "id": "q"} | daughter,
        of_mother(
            "List",
            "n",
            status="current",
            mode="snapshot",
            date="2026-03-01",
            code={"coding": [{"system": "http://loinc.org", "code": "47519-4"}]},
            emptyReason={"coding": [{"code": "nilknown"}]},
        ),
        weight(1, 61.5, "2026-01-10"),
        weight(2, 62.0, "2026-02-10"),
        appointment(1, "2026-11-01T09:00:00+01:00", "fulfilled"),
        appointment(2, "2026-11-21T18:00:00+01:00", "cancelled"),
        appointment(3, "2026-12-01T09:00:00+01:00"),
        *document(1, "Ordonnance de printemps", pdf("Amoxicilline", 2), "application/pdf"),
        *document(2, "Radiographie du poignet", image("JPEG"), "application/pdf"),
        *document(3, "Notes", "Apporter la carte, l’été.".encode(), "text/plain"),
        *document(4, "Archive", b"\x00\x01\x02 rien de lisible", "application/zip"),
    ]


async def list_documents(session: Session, pid: str, text: str = "", **chosen: Any) -> list[Row]:
    """The first page of a person's documents, as the screen of documents lists them."""
    return [found.row for found in await session.search.find(pid, text, chosen=DocumentFilter(**chosen))]


def tell(
    folder: Path,
    story: Callable[[Session, list[Profile]], Awaitable[T]],
    *,
    more: Sequence[Json] = (),
    resources: Sequence[Json] | None = None,
) -> T:
    """Open the vault of the family with ``more`` records, run ``story`` on its session and profiles, lock the vault.

    ``resources``: another family in its place.
    """
    demo = folder / "assets" / "demo"
    demo.mkdir(parents=True)
    family = build_resources() if resources is None else resources
    entries = [{"resource": resource} for resource in [*family, *more]]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    (demo / "family.json.gz").write_bytes(gzip.compress(json.dumps(bundle).encode()))
    (folder / "assets" / "fonts").symlink_to(FONTS)

    async def run() -> T:
        carnets = make_carnets(Config(data=folder / "data", assets=folder / "assets"))
        session = await carnets.demonstration.open()
        try:
            return await story(session, await session.profiles.list())
        finally:
            await carnets.vault.lock()

    return asyncio.run(run())
