import base64
import hashlib
from datetime import UTC, datetime

import pytest

from mes_app.domain.documents import Category, Document
from mes_app.domain.papers import PaperKind
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.services.filing import LARGEST, LONGEST_TITLE, Label, describe_file, read_label, relabel_document
from tests.services.family import pdf

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PRINTED = pdf("Bilan")


def label(title: str = "Bilan", category: Category = Category.LABORATORY, day: str = "2026-11-19") -> Label:
    return Label(title=title, category=category, date=PartialDate(text=day))


def card(expires: str, category: Category = Category.ADMINISTRATIVE) -> Label:
    told = {"paper": PaperKind.EUROPEAN, "expires": PartialDate(text=expires)}
    return label("Carte européenne", category).model_copy(update=told)


def test_a_piece_keeps_what_it_is_and_until_when_and_nothing_else_does() -> None:
    document = describe_file(PRINTED, card("2027"), NOW)
    assert (document.paper, document.expires) == (PaperKind.EUROPEAN, PartialDate(text="2027"))
    other = describe_file(PRINTED, card("2027", Category.LABORATORY), NOW)
    assert (other.paper, other.expires) == (None, None)


def test_a_file_is_described_by_its_bytes_and_by_what_the_person_says() -> None:
    document = describe_file(PRINTED, label("  Bilan \n sanguin "), NOW)
    assert (document.title, document.type.code, document.category) == (
        "Bilan sanguin", "DOCPAT05", Category.LABORATORY,
    )  # fmt: skip
    assert document.unique_id != describe_file(PRINTED, label(), NOW).unique_id
    assert (document.attachment.content_type, document.attachment.size) == ("application/pdf", len(PRINTED))
    assert base64.b64decode(document.attachment.sha1) == hashlib.sha1(PRINTED, usedforsecurity=False).digest()


def test_z5_5_000_000_bytes_pass_and_one_more_does_not() -> None:
    assert describe_file(b"a" * LARGEST, label(), NOW).attachment.size == 5_000_000
    with pytest.raises(Rejected) as refused:
        describe_file(b"a" * (LARGEST + 1), label(), NOW)
    assert (refused.value.field, refused.value.reason) == ("file", Reason.TOO_BIG)


@pytest.mark.parametrize(
    ("data", "told", "field", "reason"),
    [
        (b"", label(), "file", Reason.MISSING),
        (b"\x00\x01\x02", label(), "file", Reason.FORMAT_NOT_ACCEPTED),
        (PRINTED, label("  "), "title", Reason.MISSING),
        (PRINTED, label("a" * (LONGEST_TITLE + 1)), "title", Reason.TOO_LONG),
        (PRINTED, label(category=Category.REIMBURSEMENT), "category", Reason.NOT_A_CHOICE),
        (PRINTED, label(day="demain"), "date", Reason.NOT_A_DATE),
        (PRINTED, label(day="2026-11-21"), "date", Reason.IN_THE_FUTURE),
        (PRINTED, card("un jour"), "expires", Reason.NOT_A_DATE),
        (PRINTED, card("2026-10"), "expires", Reason.BEFORE_START),
    ],
)
def test_what_cannot_be_filed_says_at_which_field(data: bytes, told: Label, field: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        describe_file(data, told, NOW)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def filed(**fields: object) -> Document:
    """A document of one's own that was filed before."""
    return describe_file(PRINTED, label(), NOW).model_copy(update=fields)


def test_what_a_document_is_said_to_be_changes_and_nothing_else_does() -> None:
    document = filed(date=PartialDate(text="2026-11-19T10:00:00+01:00"), hidden=True, description="Page 1")
    said = read_label(document)
    assert relabel_document(document, said, NOW.date()) == document
    same_day = said.model_copy(
        update={"title": " Bilan  annuel", "date": PartialDate(text="2026-11-19"), "hidden": False}
    )
    assert relabel_document(document, same_day, NOW.date()) == document.model_copy(update={"title": "Bilan annuel"})
    other_day = said.model_copy(update={"date": PartialDate(text="2026-11-18")})
    assert relabel_document(document, other_day, NOW.date()).date == PartialDate(text="2026-11-18")


def test_another_category_brings_its_type_and_a_piece_that_is_none_any_more_forgets_its_end() -> None:
    document = filed()
    piece = relabel_document(document, card("2027"), NOW.date())
    assert (piece.type.code, piece.paper, piece.expires) == ("DOCPAT09", PaperKind.EUROPEAN, PartialDate(text="2027"))
    again = relabel_document(piece, card("2027", Category.LABORATORY), NOW.date())
    assert (again.type, again.paper, again.expires) == (document.type, None, None)


def test_what_nobody_could_file_today_may_stay_and_may_not_be_chosen() -> None:
    odd = filed(category=Category.REIMBURSEMENT, date=PartialDate(text="2026-12"))
    stays = read_label(odd).model_copy(update={"title": "Décompte"})
    assert relabel_document(odd, stays, NOW.date()).title == "Décompte"
    for field, said in (
        ("category", label(category=Category.REIMBURSEMENT)),
        ("date", label(day="2026-12")),
        ("title", label("  ")),
        ("expires", card("2026-10")),
    ):
        with pytest.raises(Rejected) as refused:
            relabel_document(filed(), said, NOW.date())
        assert refused.value.field == field
