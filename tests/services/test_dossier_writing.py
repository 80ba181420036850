"""What an archive holds, and what it must not."""

from pathlib import Path

import fhirkit
import pytest

from mes_app.domain.documents import Category
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.values import Coded, PartialDate
from mes_app.services.filing import Label
from mes_app.services.session import Session
from tests.services.export_stories import Archive, export_family
from tests.services.family import Json, document, image, list_documents, of_mother, pdf

MOTHER, DAUGHTER = "Anaïs Martin", "Zoé Martin"
NIR = "288077512345622"


def label(code: str) -> Json:
    return {"securityLabel": [{"coding": [{"code": code}]}]}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Everything of the family, with a doctor whom a record names and a document that says a number of health."""
    condition = of_mother("Condition", "c", recorder={"reference": "PractitionerRole/role"}, code={"text": "Asthme"})
    role = {"practitioner": {"reference": "Practitioner/doctor"}, "organization": {"display": "Clinique"}}
    shared: list[Json] = [
        {"resourceType": "PractitionerRole", "id": "role"} | role,
        {"resourceType": "Practitioner", "id": "doctor", "name": [{"family": "Noël"}]},
    ]
    titled = document(5, f"Synthèse {NIR} de <Anaïs>/..", pdf("Synthèse"), "application/pdf")
    same = {"masterIdentifier": {"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3"}}
    copies = [
        *document(6, "Copie", pdf("Copie"), "application/pdf", **same),
        *document(7, "Copie", image("PNG"), "image/png", **same),
    ]
    more: list[Json] = [condition, *shared, *titled, *copies]
    return export_family(tmp_path_factory.mktemp("whole"), more=more)[0]


def test_p2_each_person_has_a_folder_with_an_index_a_bundle_and_readable_documents(whole: Archive) -> None:
    assert {name.partition("/")[0] for name in whole.files} == {MOTHER, DAUGHTER, "manifest.json"}
    for folder in (MOTHER, DAUGHTER):
        assert {f"{folder}/index.html", f"{folder}/index.pdf", f"{folder}/dossier.json"} <= set(whole.files)
    place = f"{MOTHER}/Documents/Ordonnances et soins/2026-01-01 Ordonnance de printemps - Dr Karim Benali.pdf"
    assert whole.files[place].startswith(b"%PDF-")
    assert f"{MOTHER}/Documents/Ordonnances et soins/2026-03-01 Notes - Dr Karim Benali.txt" in whole.files
    assert (
        b"2026-01-01%20Ordonnance%20de%20printemps%20-%20Dr%20Karim%20Benali.pdf" in whole.files[f"{MOTHER}/index.html"]
    )


def test_l6_nothing_of_one_person_is_in_the_folder_of_another(whole: Archive) -> None:
    for folder, words in ((MOTHER, "Pénicilline"), (DAUGHTER, "Pollen")):
        allergies = [one for one in whole.list_resources(folder) if one["resourceType"] == "AllergyIntolerance"]
        assert [one["code"]["text"] for one in allergies] == [words]
    assert b"Pollen" not in whole.files[f"{MOTHER}/index.html"]


def test_z12_no_health_number_is_in_any_name_of_the_archive(whole: Archive) -> None:
    assert not [name for name in whole.files if NIR in name.replace(" ", "")]
    assert "2026-05-01 Synthèse de -Anaïs-.. - Dr Karim Benali.pdf" in whole.list_documents()


def test_z11_copies_that_a_list_shows_once_are_both_there_under_names_of_their_own(whole: Archive) -> None:
    copies = {name for name in whole.list_documents() if "Copie" in name}
    assert copies == {"2026-06-01 Copie - Dr Karim Benali.pdf", "2026-07-01 Copie - Dr Karim Benali.png"}


def test_the_bundle_holds_what_records_refer_to_however_far_each_under_a_url_of_its_own(whole: Archive) -> None:
    bundle = whole.read_bundle(MOTHER)
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert (bundle["type"], len(urls)) == ("collection", len(set(urls)))
    types = {resource["resourceType"] for resource in whole.list_resources(MOTHER)}
    assert {"Patient", "PractitionerRole", "Practitioner", "List", "Observation", "Appointment"} <= types
    (person,) = (person for person in whole.manifest.people if person.folder == MOTHER)
    assert {one.record for one in person.documents} <= set(urls)
    assert {one.path for one in person.documents} == {name for name in whole.files if "/Documents/" in name}


def test_what_a_person_wrote_is_valid_fhir_and_there_before_the_server_has_it(tmp_path: Path) -> None:
    async def write(session: Session, family: list[Profile]) -> None:
        await session.editing.add(family[0].pid, Allergy(substance=Coded(text="Nickel")), Kind.ALLERGIES)
        told = Label(title="Bilan", category=Category.LABORATORY, date=PartialDate(text="2026-01-02"))
        await session.documents.add(family[0].pid, pdf("Bilan"), told)

    archive, _ = export_family(tmp_path, change=write)
    bundle = archive.read_bundle(MOTHER)
    own = [entry for entry in bundle["entry"] if "id" not in entry["resource"]]
    assert {entry["resource"]["resourceType"] for entry in own} == {"AllergyIntolerance", "DocumentReference"}
    assert [str(issue) for issue in fhirkit.validate(bundle | {"entry": own})] == []
    assert "2026-01-02 Bilan.pdf" in archive.list_documents()


def test_z2_a_hidden_document_is_in_the_export_of_its_holder_and_marked_there(tmp_path: Path) -> None:
    more = document(5, "Bilan caché", pdf("Bilan"), "application/pdf", **label("MASQUE_PS"))
    archive, _ = export_family(tmp_path, more=more)
    assert "2026-05-01 Bilan caché - Dr Karim Benali.pdf" in archive.list_documents()
    assert "Masqué aux professionnels" in archive.files[f"{MOTHER}/index.html"].decode()


@pytest.mark.parametrize(
    ("code", "owner"), [("INVISIBLE_PATIENT", "mother"), ("INVISIBLE_REPRESENTANTS_LEGAUX", "daughter")]
)
def test_z3_a_withheld_document_is_in_no_part_of_an_export(tmp_path: Path, code: str, owner: str) -> None:
    theirs = {"subject": {"reference": f"Patient/{owner}"}}
    more = document(5, "Secretissime", pdf("Secretissime"), "application/pdf", **label(code), **theirs)
    archive, told = export_family(tmp_path, more=more)
    assert told.documents == 4
    assert not [name for name, data in archive.files.items() if "Secretissime" in name or b"Secretissime" in data]


def test_a_document_deleted_here_is_no_longer_there_though_the_server_has_it(tmp_path: Path) -> None:
    mine = {"author": [{"reference": "Patient/mother"}]}

    async def delete(session: Session, family: list[Profile]) -> None:
        (found,) = [row for row in await list_documents(session, family[0].pid) if row.title == "Brouillon"]
        await session.editing.delete(found.id)

    more = document(5, "Brouillon", pdf("Brouillon"), "application/pdf", **mine)
    archive, _ = export_family(tmp_path, more=more, change=delete)
    assert b"Brouillon" not in archive.files[f"{MOTHER}/dossier.json"]


def test_what_only_this_device_knows_of_a_document_is_in_the_manifest_and_its_own_name_in_the_archive(
    tmp_path: Path,
) -> None:
    async def arrange(session: Session, family: list[Profile]) -> None:
        first, second, *_ = await list_documents(session, family[0].pid)
        await session.keeping.keep(first.id, kept=True)
        await session.documents.rename(first.id, "Poignet de Zoé")
        await session.arranging.pin([second.id], pinned=True)
        await session.arranging.move([second.id], await session.arranging.add_folder(family[0].pid, "École"))
        await session.appearances.choose_photo(family[0].pid, image("PNG"))

    archive, _ = export_family(tmp_path, change=arrange)
    first, second, *rest = archive.manifest.people[0].documents
    assert (first.kept, first.own_title) == (True, "Poignet de Zoé")
    assert (second.pinned, second.folder) == (True, "École")
    assert not any(one.kept or one.own_title or one.pinned or one.folder for one in rest)
    assert first.path.endswith("/2026-04-01 Poignet de Zoé - Dr Karim Benali.zip")
    assert [name for name in archive.files if name.endswith("photo.jpg")] == [f"{MOTHER}/photo.jpg"]
    assert "Titre d’origine : Archive" in archive.files[f"{MOTHER}/index.html"].decode().replace("\u00a0", " ")
