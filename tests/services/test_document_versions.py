from pathlib import Path

from mes_app.domain.people import Profile
from mes_app.services.session import Session
from tests.services.family import document, list_documents, pdf, tell

REPLACING = {"relatesTo": [{"code": "replaces", "target": {"reference": "DocumentReference/d1"}}]}
UNIQUE = {"masterIdentifier": {"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.250.1.7"}}
SAME = pdf("Amoxicilline", 2)


async def titles(session: Session, people: list[Profile], text: str = "") -> list[str]:
    return [row.title for row in await list_documents(session, people[0].pid, text=text)]


async def told(session: Session, record_id: str) -> tuple[list[str], list[str], list[str]]:
    """The titles of the versions before, after, and of the copies."""
    versions = await session.documents.versions(record_id)
    return tuple([row.title for row in rows] for rows in (versions.previous, versions.newer, versions.same))  # type: ignore[return-value]


async def find(session: Session, people: list[Profile], title: str) -> str:
    return next(row.id for row in await list_documents(session, people[0].pid, text=title) if row.title == title)


def test_z11_a_replaced_version_and_what_came_by_two_ways_are_listed_once_and_reached_from_there(
    tmp_path: Path,
) -> None:
    more = [
        *document(5, "Nouvelle ordonnance", pdf("Autre"), "application/pdf", **REPLACING),
        *document(6, "Bilan par messagerie", pdf("Bilan"), "application/pdf", **UNIQUE),
        *document(7, "Bilan par le dossier", pdf("Bilan, imprimé"), "application/pdf", **UNIQUE),
    ]

    async def story(session: Session, people: list[Profile]) -> None:
        listed = await titles(session, people)
        assert "Nouvelle ordonnance" in listed
        assert "Ordonnance de printemps" not in listed
        assert await titles(session, people, "printemps") == []
        assert len(listed) == sum((await session.documents.counts(people[0].pid)).values())
        new = await find(session, people, "Nouvelle ordonnance")
        assert await told(session, new) == (["Ordonnance de printemps"], [], [])
        (old,) = (await session.documents.versions(new)).previous
        assert await told(session, old.id) == ([], ["Nouvelle ordonnance"], [])
        (copy,) = [title for title in listed if title.startswith("Bilan par")]
        (other,) = {"Bilan par messagerie", "Bilan par le dossier"} - {copy}
        assert await told(session, await find(session, people, copy)) == ([], [], [other])
        assert await told(session, await find(session, people, "Notes")) == ([], [], [])

    tell(tmp_path, story, more=more)


def test_the_same_file_without_identifier_is_recognised_by_its_bytes(tmp_path: Path) -> None:
    more = [
        *document(5, "Ordonnance", SAME, "application/pdf"),
        *document(6, "Ordonnance bis", SAME, "application/pdf"),
    ]

    async def story(session: Session, people: list[Profile]) -> None:
        (listed,) = {"Ordonnance", "Ordonnance bis"} & set(await titles(session, people))
        (other,) = {"Ordonnance", "Ordonnance bis"} - {listed}
        assert await told(session, await find(session, people, listed)) == ([], [], [other])

    tell(tmp_path, story, more=more)


def test_hiding_a_document_hides_its_former_versions_and_showing_it_shows_them(tmp_path: Path) -> None:
    more = document(5, "Nouvelle ordonnance", pdf("Autre"), "application/pdf", **REPLACING)

    async def story(session: Session, people: list[Profile]) -> None:
        new = await find(session, people, "Nouvelle ordonnance")
        (old,) = (await session.documents.versions(new)).previous
        edited = await session.visibility.choose([new], hidden=True)
        assert (await session.visibility.tell(old.id)).hidden
        assert (await session.visibility.summarise(people[0].pid)).hidden == 1
        await session.visibility.choose([old.id], hidden=False)
        assert (await session.visibility.summarise(people[0].pid)).hidden == 0
        await session.editing.undo(edited)
        assert not (await session.visibility.tell(new)).hidden

    tell(tmp_path, story, more=more)
