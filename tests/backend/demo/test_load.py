from collections import Counter

import fhirkit

from mes_backend.demo.load import dump_load


def test_the_load_has_the_size_asked_for() -> None:
    resources = list(dump_load(3, 200))
    kinds = Counter(one["resourceType"] for one in resources)
    assert len(resources) == 600
    assert kinds["Patient"] == 3
    assert kinds["Observation"] > 500
    assert len({one["id"] for one in resources}) == 600


def test_the_load_is_valid_and_never_changes() -> None:
    resources = list(dump_load(10, 40))
    assert resources == list(dump_load(10, 40))
    assert [str(issue) for one in resources for issue in fhirkit.validate(one)] == []
