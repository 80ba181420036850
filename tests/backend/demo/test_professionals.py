from mes_backend.demo.people import Member
from mes_backend.demo.professionals import (
    build_care_team,
    build_professionals,
    list_organizations,
    list_professionals,
)


def test_each_professional_has_a_role_in_an_institution() -> None:
    resources = build_professionals()
    roles = [one for one in resources if one["resourceType"] == "PractitionerRole"]
    assert len(roles) == len(list_professionals())
    assert {role["organization"]["display"] for role in roles} <= {one.name for one in list_organizations().values()}


def test_numbers_are_never_shared_and_never_attributed() -> None:
    numbers = [one.rpps for one in list_professionals().values()]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("99900") for number in numbers)


def test_mail_addresses_are_plain_and_lead_nowhere() -> None:
    assert list_professionals()["legoff"].mail == "sophie.legoff@sante.example"


def test_a_care_team_names_its_specialities(members: dict[str, Member]) -> None:
    team = build_care_team(members["leo"].reference, ["cherif"], "leo")
    (participant,) = team["participant"]
    assert participant["role"][0]["text"] == "Pneumologie pédiatrique"
    assert participant["member"]["display"] == "Dr Nadia Cherif"
