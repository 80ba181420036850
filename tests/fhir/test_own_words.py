import json
from typing import Any

from mes_app.fhir.own_words import find_own_words


def own(mine: dict[str, Any], *others: dict[str, Any]) -> dict[str, Any]:
    return find_own_words(json.dumps(mine).encode(), [json.dumps(other).encode() for other in others])


def test_of_an_edited_version_only_what_was_typed_is_one_s_own() -> None:
    theirs = {
        "resourceType": "AllergyIntolerance",
        "id": "a1",
        "code": {"text": "Pénicilline", "coding": [{"code": "294505008"}]},
        "note": [{"text": "Vu aux urgences."}],
        "onsetAge": {"value": 12},
    }
    mine = theirs | {
        "criticality": "high",
        "note": [{"text": "Vu aux urgences.\nElle a peur des piqûres."}],
        "reaction": [{"manifestation": [{"text": "Toux"}]}],
        "onsetAge": {"value": 11},
        "meta": {"source": "Patient/p1"},
    }
    assert own(mine, theirs) == {
        "resourceType": "AllergyIntolerance",
        "criticality": "high",
        "note": [{"text": "Elle a peur des piqûres."}],
        "reaction": [{"manifestation": [{"text": "Toux"}]}],
        "onsetAge": {"value": 11},
    }


def test_what_nobody_else_wrote_is_all_one_s_own_and_what_says_nothing_new_is_not() -> None:
    mine = {"resourceType": "Flag", "id": "1", "active": True, "code": {"text": "Pacemaker"}}
    assert own(mine) == {"resourceType": "Flag", "active": True, "code": {"text": "Pacemaker"}}
    assert own(mine, mine | {"status": "active"}) == {}
