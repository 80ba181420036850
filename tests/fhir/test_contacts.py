from mes_app.domain.record import Kind
from mes_app.domain.sections.contacts import Contact
from mes_app.domain.values import Coded
from mes_app.fhir.contacts import decode_patient_contacts
from tests.fhir.reading import body, opened, summary


def test_a_list_shows_the_name_and_who_the_person_is() -> None:
    overview = summary("contact")
    assert (overview.kind, overview.title, overview.subtitle, overview.status) == (
        Kind.CONTACTS,
        "Alex MARTIN",
        "Personne de confiance, Contact d'urgence",
        "active",
    )
    assert summary("contact", active=False).status == "inactive"


def test_a_contact_opens_with_its_roles_and_how_to_reach_it() -> None:
    contact = opened("contact")
    assert isinstance(contact, Contact)
    assert [role.code for role in contact.roles] == ["K", "C"]
    assert (contact.phones, contact.emails) == (("06 99 00 12 34",), ("alex.martin@example.fr",))
    assert contact.address == "12 rue des Lilas, 69003 Lyon"


def test_the_people_a_patient_names_are_contacts() -> None:
    mother = Contact(name="Monique DUPONT", roles=(Coded(text="Mère", code="MTH"),), phones=("04 99 00 00 00",))
    assert decode_patient_contacts(body("patient")) == [mother]
