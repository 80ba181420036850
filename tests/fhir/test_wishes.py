from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.wishes import Wish, WishStatus
from mes_app.domain.values import Coded, PartialDate
from tests.fhir.encoding import CODED, DATES, QUICK, check_writing, written
from tests.fhir.reading import body, opened, sample, summary

ENTRIES = st.builds(
    Wish,
    source=st.just(Source.SELF),
    wish=CODED,
    date=st.none() | DATES,
    status=st.sampled_from([status for status in WishStatus if status is not WishStatus.UNKNOWN]),
    document=st.none() | st.just("DocumentReference/directives-pdf"),
)


def test_advance_directives_are_a_wish_with_their_document() -> None:
    overview = summary("directive")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.WISHES,
        "Directives anticipées",
        "Mes directives anticipées",
    )
    wish = opened("directive")
    assert isinstance(wish, Wish)
    assert (wish.date, wish.status, wish.document, wish.source) == (
        PartialDate(text="2024-09-14"),
        WishStatus.ACTIVE,
        "DocumentReference/directives-pdf",
        Source.SELF,
    )


def test_a_wish_is_known_by_its_scope_or_by_its_category() -> None:
    assert summary("directive", scope=None).kind is Kind.WISHES
    assert summary("directive", category=[{"text": "Don d'organes"}]).title == "Don d'organes"


def test_a_consent_to_access_is_no_wish() -> None:
    assert summary("access_rule").kind is Kind.OTHER


@QUICK
@given(ENTRIES, ENTRIES)
def test_what_is_typed_is_written_and_opens_again(first: Wish, second: Wish) -> None:
    check_writing(Kind.WISHES, first, second)


def test_a_wish_names_the_law_it_rests_on() -> None:
    wish = written(Kind.WISHES, Wish(source=Source.SELF, wish=Coded(text="Don d'organes")))
    assert wish["policy"][0]["uri"].startswith("https://www.legifrance.gouv.fr/")
    assert wish["scope"]["coding"][0]["code"] == "adr"


def test_a_wish_that_is_revised_keeps_its_document() -> None:
    revised = opened("directive").model_copy(update={"date": PartialDate(text="2026-11-20")})
    assert written(Kind.WISHES, revised, body("directive")) == sample("directive", dateTime="2026-11-20")
    withdrawn = revised.model_copy(update={"document": None, "status": WishStatus.INACTIVE})
    changed = written(Kind.WISHES, withdrawn, body("directive"))
    assert (changed["status"], "sourceReference" in changed) == ("inactive", False)
