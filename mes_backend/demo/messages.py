"""One exchange of messages between Camille and her endocrinologist."""

from collections.abc import Iterator

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.contents import read_content
from mes_backend.demo.elements import Json, make_id, reference
from mes_backend.demo.entries import begin
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_professionals

THREADS = "https://mes-carnets.example/fhir/threads"
SUBJECT = "Nouvelle dose de lévothyroxine"


def build_messages(member: Member, calendar: Calendar) -> Iterator[Json]:
    """The Communications of the exchange, each in response to the one before."""
    doctor, previous = list_professionals()["benali"].reference, None
    thread = make_id(member.key, "thread", "levothyroxine")
    for index, spec in enumerate(read_content("messages")["message"]):
        sender, recipient = (doctor, member.reference) if spec["from_doctor"] else (member.reference, doctor)
        sent = calendar.at(spec["when"], spec["clock"])
        message = begin(member, "Communication", f"levothyroxine-{index}") | {
            "identifier": [{"system": THREADS, "value": thread}],
            "status": "completed",
            "topic": {"text": SUBJECT},
            "recipient": [recipient],
            "sent": sent,
            "received": sent,
            "sender": sender,
            "payload": [{"contentString": spec["text"]}],
        }
        if previous:
            message["inResponseTo"] = [reference(previous)]
        yield message
        previous = message
