from mes_app.domain.record import Kind, Row
from mes_app.domain.values import PartialDate


def test_a_row_knows_its_date_when_it_has_one() -> None:
    assert Row(id="1", profile="p", kind=Kind.ALLERGIES, date_text="2019").date == PartialDate(text="2019")
    assert Row(id="1", profile="p", kind=Kind.ALLERGIES).date is None
