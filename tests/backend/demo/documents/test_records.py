import base64
import hashlib

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.documents.records import Filing, build_document, choose_clock
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_professionals

DATA = b"Bonjour"


def test_a_document_tells_the_size_and_hash_of_its_contents(members: dict[str, Member], calendar: Calendar) -> None:
    filing = Filing("1", "11488-4", "Consultation", list_professionals()["noel"], "today-7d")
    document, binary = build_document(members["leo"], filing, calendar, DATA, "text/plain")
    attachment = document["content"][0]["attachment"]
    assert attachment["url"] == f"Binary/{binary['id']}"
    assert attachment["size"] == len(DATA)
    assert attachment["hash"] == base64.b64encode(hashlib.sha1(DATA).digest()).decode()  # noqa: S324 - what FHIR R4 says
    assert base64.b64decode(binary["data"]) == DATA
    assert binary["securityContext"]["reference"] == f"DocumentReference/{document['id']}"


def test_a_document_is_filed_with_french_codes_and_labels(members: dict[str, Member], calendar: Calendar) -> None:
    filing = Filing("1", "EXPPAT_3", "Directives", members["camille"], "today-7d", ("MASQUE_PS",), replaces="0")
    document, _ = build_document(members["camille"], filing, calendar, DATA, "application/pdf")
    assert "TRE_A05" in document["type"]["coding"][0]["system"]
    assert document["category"][0]["coding"][0]["code"] == "90"
    assert [label["coding"][0]["code"] for label in document["securityLabel"]] == ["N", "MASQUE_PS"]
    assert document["relatesTo"][0]["code"] == "replaces"
    assert document["author"] == [members["camille"].reference]


def test_a_document_has_its_hour_of_the_working_day() -> None:
    assert choose_clock("1") == choose_clock("1")
    assert all("08:00" <= choose_clock(str(number)) <= "16:30" for number in range(99))
