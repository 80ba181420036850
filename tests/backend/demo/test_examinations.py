from mes_backend.demo.calendars import Calendar
from mes_backend.demo.examinations import build_examinations
from mes_backend.demo.people import Member


def test_the_baby_still_misses_the_thirteenth_month(members: dict[str, Member], calendar: Calendar) -> None:
    done = [one["code"]["coding"][0]["code"] for one in build_examinations(members["jeanne"], calendar)]
    assert done == [f"exam-{number:02}" for number in range(1, 10)]


def test_examinations_follow_each_other(members: dict[str, Member], calendar: Calendar) -> None:
    days = [one["lastModified"] for one in build_examinations(members["leo"], calendar)]
    assert len(days) == 18
    assert days == sorted(days)
