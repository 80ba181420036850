from mes_backend.demo.calendars import Calendar
from mes_backend.demo.people import Member
from mes_backend.demo.vaccinations import build_vaccines


def test_the_baby_had_every_vaccine_of_her_age(members: dict[str, Member], calendar: Calendar) -> None:
    vaccines = list(build_vaccines(members["jeanne"], calendar))
    names = [one["vaccineCode"]["coding"][0]["code"] for one in vaccines]
    assert {code: names.count(code) for code in names} == {
        "J07CA09": 3, "J07AL02": 3, "J07BH01": 2, "J07AH09": 3, "J07AH08": 2, "J07BD52": 1,
    }  # fmt: skip


def test_an_injection_long_ago_has_only_a_year(members: dict[str, Member], calendar: Calendar) -> None:
    vaccines = list(build_vaccines(members["camille"], calendar))
    assert next(one["occurrenceDateTime"] for one in vaccines if not one["primarySource"]) == "1988"
    assert all("lotNumber" in one for one in vaccines if one["primarySource"])
