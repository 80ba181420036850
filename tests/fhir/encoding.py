"""How the tests of this folder write: every resource is valid FHIR, and opens as what was written."""

import json
from datetime import date

import fhirkit
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from mes_app.domain.record import Entry, Kind
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.codec import decode, encode
from mes_app.fhir.elements import Json, line, paragraph
from mes_app.fhir.encoders import Owner
from mes_app.fhir.overviews import summarise
from tests.fhir.reading import shared

OWNER = Owner(patient="Patient/camille", author="Patient/camille")
UNKNOWN: Json = {
    "language": "fr-FR",
    "implicitRules": "urn:example:rules",
    "extension": [{"url": "urn:example:kept", "valueString": "kept"}],
}
"""What another app may have said besides."""

QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
LINES = st.text(min_size=1, max_size=40).map(line).filter(bool)
TEXTS = st.text(min_size=1, max_size=80).map(paragraph).filter(bool)
DATES = st.one_of(
    st.dates(date(1900, 1, 1)).map(lambda day: day.isoformat()[:7] if day.day % 2 else day.isoformat()),
    st.integers(1900, 2100).map(str),
    st.sampled_from(["2026-03-01T07:45:00+01:00", "2026-03-01T07:45:00.250Z"]),
).map(lambda text: PartialDate(text=text))
DAYS = st.dates(date(2000, 1, 1)).map(lambda day: PartialDate(text=day.isoformat()[: 7 if day.day % 2 else 10]))
PRODUCTS = st.sampled_from(["3400930000007", "3400949497294", "10614141000415", "4006381333931"])
CODED = st.one_of(
    LINES.map(lambda text: Coded(text=text)),
    st.builds(Coded, text=LINES, code=st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True), system=st.just("urn:example")),
)


def written(kind: Kind, entry: Entry, former: bytes | None = None) -> Json:
    """``entry`` as it is sent: valid, listed under its kind, and opening as it was."""
    raw = encode(kind, entry, OWNER, former, refs=shared)
    assert [str(issue) for issue in fhirkit.validate(json.loads(raw))] == []
    resource = read_body(raw)
    assert summarise(resource, holder=True).kind is kind
    assert decode(kind, raw, shared) == entry
    return resource


def check_writing(kind: Kind, first: Entry, second: Entry) -> None:
    """``first`` can be written, left as it is with all that is not known, and become ``second``."""
    former = written(kind, first) | UNKNOWN
    assert written(kind, first, write_body(former)) == former
    changed = written(kind, second, write_body(former))
    assert {name: changed[name] for name in UNKNOWN} == UNKNOWN
