from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.contacts import Contact
from mes_app.domain.values import Coded
from tests.fhir.encoding import CODED, LINES, OWNER, QUICK, check_writing, written
from tests.fhir.reading import body, opened, sample, summary


def some(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3, unique=True).map(tuple)


ENTRIES = st.builds(
    Contact,
    source=st.just(Source.SELF),
    name=LINES,
    roles=some(CODED),
    phones=some(LINES),
    emails=some(LINES),
    address=st.none() | LINES,
)


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


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Contact, second: Contact) -> None:
    check_writing(Kind.CONTACTS, first, second)


def test_a_new_contact_says_who_typed_it() -> None:
    made = written(Kind.CONTACTS, Contact(source=Source.SELF, name="Alex MARTIN"))
    assert (made["meta"], made["patient"]) == ({"source": OWNER.author}, {"reference": OWNER.patient})


def test_a_role_that_stays_keeps_its_codes() -> None:
    former = opened("contact")
    assert isinstance(former, Contact)
    roles = (Coded(text="Frère"), former.roles[1])
    changed = written(Kind.CONTACTS, former.model_copy(update={"roles": roles}), body("contact"))
    assert changed == sample("contact", relationship=[{"text": "Frère"}, sample("contact")["relationship"][1]])
