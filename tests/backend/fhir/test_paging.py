import pytest

from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.paging import LARGEST_COUNT, come_after, read_count, read_mark, write_mark
from mes_backend.fhir.tables import resources


@pytest.mark.parametrize(
    ("text", "count"), [("0", 0), ("200", 200), ("5000", LARGEST_COUNT), ("9" * 99, LARGEST_COUNT)]
)
def test_a_page_has_a_largest_size(text: str, count: int) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["-1", "many", "1.5"])
def test_a_page_size_is_a_number(text: str) -> None:
    with pytest.raises(FhirError):
        read_count(text)


def test_a_mark_survives_its_link() -> None:
    assert read_mark(write_mark([12, "é/+"]), 2) == [12, "é/+"]


@pytest.mark.parametrize("text", ["?", "é", "AAAA", write_mark([1]), write_mark([1, 2**63]), write_mark([1, True])])
def test_a_foreign_mark_is_refused(text: str) -> None:
    with pytest.raises(FhirError) as refusal:
        read_mark(text, 2)
    assert refusal.value.status == 400


def test_rows_beyond_a_mark_follow_the_order() -> None:
    columns = (resources.c.date_low, resources.c.id)
    assert "<" in str(come_after(columns, [1, "a"], descending=True))
    assert ">" in str(come_after(columns, [1, "a"], descending=False))
