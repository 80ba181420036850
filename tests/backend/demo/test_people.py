from mes_backend.demo.people import (
    ROLES,
    Member,
    build_account_person,
    build_contact,
    build_patient,
    build_relative,
    link_related,
)


def test_a_patient_has_a_test_identity_and_the_medecin_traitant_first(members: dict[str, Member]) -> None:
    patient = build_patient(members["camille"])
    (identifier,) = patient["identifier"]
    assert identifier["system"] == "urn:oid:1.2.250.1.213.1.4.10"
    assert identifier["value"] == members["camille"].nir
    assert patient["generalPractitioner"][0]["display"] == "Dr Hélène Aubry"
    assert [name["family"] for name in patient["name"]] == ["Martin", "Dubreuil"]


def test_a_child_has_no_telephone(members: dict[str, Member]) -> None:
    assert "telecom" not in build_patient(members["jeanne"])


def test_a_parent_represents_a_child_and_is_linked_to_it(members: dict[str, Member]) -> None:
    mother = build_relative(members["leo"], members["camille"], "MTH", ROLES["guardian"])
    codes = [relation["coding"][0]["code"] for relation in mother["relationship"]]
    assert codes == ["CUR", "MTH"]
    assert mother["patient"] == members["leo"].reference
    patient = link_related(build_patient(members["camille"]), [mother])
    assert patient["link"] == [{"other": {"reference": f"RelatedPerson/{mother['id']}"}, "type": "seealso"}]
    person = build_account_person(members["camille"], [mother])
    assert [link["target"]["reference"].split("/")[0] for link in person["link"]] == ["Patient", "RelatedPerson"]


def test_a_person_around_has_a_role_and_a_telephone(members: dict[str, Member]) -> None:
    contact = build_contact(members["leo"], "Monique Dubreuil", "GRMTH", ROLES["emergency"], phone="06 39 98 10 31")
    assert contact["relationship"][0]["coding"][0]["code"] == "C"
    assert contact["telecom"][0]["value"] == "06 39 98 10 31"
