"""The compulsory examinations of the children, done at their ages."""

from collections.abc import Iterator

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.contents import read_content
from mes_backend.demo.elements import Json
from mes_backend.demo.entries import build_exam_done
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_professionals


def build_examinations(member: Member, calendar: Calendar) -> Iterator[Json]:
    """A completed Task for each examination of ``member``, up to the last one done."""
    content = read_content("examinations")
    doctor = list_professionals()[member.doctor].reference
    for rule, name, age in content["exams"]:
        if rule <= content["until"][member.key]:
            day = calendar.write_date(f"{member.key}{age}")
            yield build_exam_done(member, rule, f"Examen obligatoire : {name}", day, doctor)
