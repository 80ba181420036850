"""A professional whom the person notes: written as one CareTeam that needs no other resource, and read again."""

from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.professionals import Professional
from mes_app.fhir.bodies import read_body
from mes_app.fhir.codec import can_encode
from mes_app.fhir.noted_professionals import is_noted
from tests.fhir.encoding import LINES, OWNER, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import body, opened, sample, summary

GARCIA = Professional(
    source=Source.SELF,
    name="Dr Inès GARCIA",
    speciality="Médecin généraliste",
    organization="Maison de santé des Platanes",
    phones=("04 72 00 00 09",),
    emails=("ines.garcia@medecin.mssante.fr",),
    address="3 place des Platanes, 69003 Lyon",
    rpps="99700218896",
    finess="750100125",
    regular=True,
    note="Pas le mercredi.",
)
SOME = st.lists(LINES, max_size=3, unique=True).map(tuple)
ENTRIES = st.builds(
    Professional,
    source=st.just(Source.SELF),
    name=LINES,
    speciality=st.none() | LINES,
    organization=st.none() | LINES,
    phones=SOME,
    emails=SOME,
    address=st.none() | LINES,
    rpps=st.none() | st.just("99700218896"),
    finess=st.none() | st.just("750100125"),
    regular=st.booleans(),
    note=st.none() | TEXTS,
)


def test_all_that_was_noted_is_read() -> None:
    assert opened("noted_professional") == GARCIA
    overview = summary("noted_professional")
    assert (overview.title, overview.subtitle, overview.source) == (GARCIA.name, GARCIA.speciality, Source.SELF)


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Professional, second: Professional) -> None:
    check_writing(Kind.PROFESSIONALS, first, second)


def test_a_new_one_says_who_typed_it_and_of_whom() -> None:
    made = written(Kind.PROFESSIONALS, Professional(source=Source.SELF, name="Dr Inès GARCIA"))
    assert (made["meta"], made["subject"]) == ({"source": OWNER.author}, {"reference": OWNER.patient})
    assert made["participant"] == [{"member": {"reference": "#professional", "display": "Dr Inès GARCIA"}}]


def test_where_they_work_goes_with_its_name_and_number() -> None:
    alone = GARCIA.model_copy(update={"organization": None, "finess": None})
    made = written(Kind.PROFESSIONALS, alone, body("noted_professional"))
    assert [inside["id"] for inside in made["contained"]] == ["professional"]
    assert "onBehalfOf" not in made["participant"][0]


def test_another_number_takes_the_place_of_the_same_one_of_all_professions() -> None:
    changed = written(Kind.PROFESSIONALS, GARCIA.model_copy(update={"rpps": "10003456785"}), body("noted_professional"))
    assert changed["contained"][0]["identifier"] == [{"system": "https://rpps.esante.gouv.fr", "value": "10003456785"}]


def test_a_team_that_others_wrote_has_no_room_for_it() -> None:
    assert is_noted(read_body(body("noted_professional")))
    assert not can_encode(Kind.PROFESSIONALS, body("care_team"))
    member = sample("noted_professional")["participant"][0]
    assert not is_noted(sample("noted_professional", participant=[member, member]))
    assert not is_noted(sample("noted_professional", contained=None))
    elsewhere = member | {"onBehalfOf": {"reference": "Organization/cabinet"}}
    assert not is_noted(sample("noted_professional", participant=[elsewhere]))
    assert not is_noted(sample("noted_professional", participant=[{"member": member["member"]}]))
