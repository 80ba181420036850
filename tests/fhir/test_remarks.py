"""Errors that a person reports, and the other Communications, which are none."""

import json
from typing import Any

import fhirkit
import pytest

from mes_app.domain.record import Kind, Source
from mes_app.domain.remarks import Remark
from mes_app.domain.values import PartialDate
from mes_app.fhir.codec import can_encode
from mes_app.fhir.overviews import summarise
from tests.fhir.encoding import check_writing, written

FIRST = Remark(
    about="AllergyIntolerance/7",
    text="Ce n’était pas moi.\nÀ corriger.",
    date=PartialDate(text="2026-03-01T07:45:00+01:00"),
    source=Source.SELF,
    recorded=PartialDate(text="2026-03-01T07:45:00+01:00"),
)


def test_a_remark_is_written_beside_what_it_is_about_and_changed_in_place() -> None:
    later = PartialDate(text="2026-03-02")
    check_writing(Kind.REMARKS, FIRST, FIRST.model_copy(update={"text": "Autre", "date": later, "recorded": later}))
    resource = written(Kind.REMARKS, FIRST)
    assert resource["about"] == [{"reference": "AllergyIntolerance/7"}]
    overview = summarise(resource, holder=True)
    assert (overview.title, overview.source) == ("Ce n’était pas moi. À corriger.", Source.SELF)
    assert overview.linked == '["AllergyIntolerance/7"]'
    assert "recipient" not in resource


@pytest.mark.parametrize(
    "category",
    [
        None,
        [{"text": "reported-error"}],
        [{"coding": [{"system": "urn:mes-carnets:message", "code": "reported-error"}]}],
        [{"coding": [{"system": "urn:mes-carnets:remark", "code": "closed"}]}],
        [{"coding": "reported-error"}, 3],
    ],
)
def test_a_message_is_no_remark_and_is_not_changed_as_one(category: Any) -> None:
    message = {"resourceType": "Communication", "status": "completed", "payload": [{"contentString": "Bonjour"}]}
    resource = message | ({"category": category} if category else {})
    assert summarise(resource, holder=True).kind is Kind.OTHER
    assert not can_encode(Kind.REMARKS, json.dumps(resource).encode())


def test_what_else_a_remark_brings_stays() -> None:
    attached = {"contentReference": {"reference": "DocumentReference/3"}}
    former = written(Kind.REMARKS, FIRST)
    former["payload"].append(attached)
    changed = written(Kind.REMARKS, FIRST.model_copy(update={"text": "Autre"}), json.dumps(former).encode())
    assert changed["payload"] == [{"contentString": "Autre"}, attached]
    assert fhirkit.validate(changed) == []
