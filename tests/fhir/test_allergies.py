from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality, Severity
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.concepts import codes
from tests.fhir.encoding import CODED, DATES, LINES, OWNER, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import body, opened, sample, summary


def test_a_list_shows_the_substance_and_its_reactions() -> None:
    overview = summary("allergy")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.ALLERGIES,
        "Pénicilline",
        "Urticaire, Œdème de Quincke",
    )
    assert (overview.date_text, overview.category, overview.status) == ("1994", "high", "active")
    assert overview.source is Source.PROFESSIONAL


def test_an_allergy_opens_with_its_worst_severity() -> None:
    assert opened("allergy") == Allergy(
        substance=Coded(text="Pénicilline", code="294505008", system="http://snomed.info/sct"),
        criticality=Criticality.HIGH,
        severity=Severity.SEVERE,
        reactions=("Urticaire", "Œdème de Quincke"),
        since=PartialDate(text="1994"),
        status=AllergyStatus.ACTIVE,
        source=Source.PROFESSIONAL,
        author="Dr Hélène ROUX",
        recorded=PartialDate(text="2021-05-03"),
        note="Confirmée par tests cutanés.\nÉviter aussi l'amoxicilline.",
    )


def test_an_allergy_without_a_status_still_holds_and_an_unknown_one_says_so() -> None:
    assert summary("allergy", clinicalStatus=None).status == "active"
    assert summary("allergy", clinicalStatus={"coding": [{"code": "autre"}]}).status == "unknown"


def test_without_a_code_the_substance_is_that_of_the_reaction() -> None:
    changes = {"code": None, "reaction": [{"substance": {"text": "Latex"}}]}
    assert summary("allergy", **changes).title == "Latex"
    allergy = opened("allergy", **changes)
    assert isinstance(allergy, Allergy)
    assert allergy.substance == Coded(text="Latex")


ALLERGIES = st.builds(
    Allergy,
    substance=CODED,
    criticality=st.none() | st.sampled_from(Criticality),
    severity=st.none() | st.sampled_from(Severity),
    reactions=st.lists(LINES, unique=True, max_size=3).map(tuple),
    since=st.none() | DATES,
    status=st.sampled_from([AllergyStatus.ACTIVE, AllergyStatus.INACTIVE, AllergyStatus.RESOLVED]),
    note=st.none() | TEXTS,
    recorded=st.none() | DATES,
    source=st.just(Source.SELF),
)


@QUICK
@given(ALLERGIES, ALLERGIES)
def test_an_allergy_is_written_as_it_reads(first: Allergy, second: Allergy) -> None:
    check_writing(Kind.ALLERGIES, first, second.model_copy(update={"recorded": first.recorded}))


def test_a_declared_allergy_says_who_says_so_and_is_unconfirmed() -> None:
    resource = written(Kind.ALLERGIES, Allergy(substance=Coded(text="Noix"), source=Source.SELF))
    assert resource["asserter"] == resource["recorder"] == {"reference": OWNER.author}
    assert resource["patient"] == {"reference": OWNER.patient}
    assert codes(resource["verificationStatus"]) == ["unconfirmed"]


def test_another_severity_leaves_each_reaction_what_it_is() -> None:
    allergy = opened("allergy").model_copy(update={"severity": Severity.MODERATE})
    reactions = written(Kind.ALLERGIES, allergy, body("allergy"))["reaction"]
    assert [reaction["severity"] for reaction in reactions] == ["moderate", "mild"]
    assert reactions[0]["manifestation"] == sample("allergy")["reaction"][0]["manifestation"]


def test_a_reaction_that_is_no_longer_named_goes() -> None:
    allergy = opened("allergy").model_copy(update={"reactions": ("Œdème de Quincke", "Toux")})
    reactions = written(Kind.ALLERGIES, allergy, body("allergy"))["reaction"]
    assert reactions == [{"manifestation": [{"text": "Œdème de Quincke"}, {"text": "Toux"}], "severity": "severe"}]


def test_a_severity_without_a_sign_is_kept() -> None:
    allergy = Allergy(substance=Coded(text="Noix"), severity=Severity.SEVERE, source=Source.SELF)
    written(Kind.ALLERGIES, allergy)


def test_the_end_of_an_allergy_is_not_when_it_began() -> None:
    ended = opened("allergy", onsetDateTime=None, onsetPeriod={"end": "2001"})
    assert isinstance(ended, Allergy)
    assert ended.since is None
