from pathlib import Path

from mes_app.domain.people import Profile
from mes_app.services.session import Session
from tests.services.family import document, list_documents, pdf, tell

REPLACING = {"relatesTo": [{"code": "replaces", "target": {"reference": "DocumentReference/d1"}}]}
UNIQUE = {"masterIdentifier": {"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.250.1.7"}}
SAME = pdf("Amoxicilline", 2)


async def told(session: Session, people: list[Profile], title: str) -> tuple[list[str], list[str], list[str]]:
    """The titles of the versions before, after, and of the copies."""
    found = next(row for row in await list_documents(session, people[0].pid, text=title) if row.title == title)
    versions = await session.documents.versions(found.id)
    return tuple([row.title for row in rows] for rows in (versions.previous, versions.newer, versions.same))  # type: ignore[return-value]


def test_z11_a_replaced_version_and_what_came_by_two_ways_are_reached_from_each_other(tmp_path: Path) -> None:
    more = [
        *document(5, "Nouvelle ordonnance", pdf("Autre"), "application/pdf", **REPLACING),
        *document(6, "Bilan par messagerie", pdf("Bilan"), "application/pdf", **UNIQUE),
        *document(7, "Bilan par le dossier", pdf("Bilan, imprimé"), "application/pdf", **UNIQUE),
    ]

    async def story(session: Session, people: list[Profile]) -> None:
        assert await told(session, people, "Nouvelle ordonnance") == (["Ordonnance de printemps"], [], [])
        assert await told(session, people, "Ordonnance de printemps") == ([], ["Nouvelle ordonnance"], [])
        assert await told(session, people, "Bilan par messagerie") == ([], [], ["Bilan par le dossier"])
        assert await told(session, people, "Notes") == ([], [], [])

    tell(tmp_path, story, more=more)


def test_the_same_file_without_identifier_is_recognised_by_its_bytes(tmp_path: Path) -> None:
    more = [
        *document(5, "Ordonnance", SAME, "application/pdf"),
        *document(6, "Ordonnance bis", SAME, "application/pdf"),
    ]

    async def story(session: Session, people: list[Profile]) -> None:
        assert await told(session, people, "Ordonnance") == ([], [], ["Ordonnance bis"])

    tell(tmp_path, story, more=more)
