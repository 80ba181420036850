from mes_backend.demo.calendars import Calendar
from mes_backend.demo.messages import build_messages
from mes_backend.demo.people import Member


def test_each_message_answers_the_one_before(members: dict[str, Member], calendar: Calendar) -> None:
    first, second, third = build_messages(members["camille"], calendar)
    assert first["sender"]["reference"].startswith("Practitioner/")
    assert "inResponseTo" not in first
    assert second["inResponseTo"] == [{"reference": f"Communication/{first['id']}"}]
    assert third["identifier"] == first["identifier"]
