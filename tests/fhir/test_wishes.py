from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.wishes import Wish, WishStatus
from mes_app.domain.values import PartialDate
from tests.fhir.reading import opened, summary


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
