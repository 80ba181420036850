import pytest
from defusedxml.ElementTree import fromstring

from mes_app.formats.hl7_values import inner_text, read_moment, read_name, read_number, read_quantity


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2026", "2026"),
        ("202611", "2026-11"),
        ("20261103", "2026-11-03"),
        ("202611031015", "2026-11-03T10:15:00"),
        ("20261103101530+0100", "2026-11-03T10:15:30+01:00"),
        ("20261103101530.123+0100", "2026-11-03T10:15:30+01:00"),
    ],
)
def test_a_moment_is_as_precise_as_it_is_written(written: str, text: str) -> None:
    found = read_moment(fromstring(f'<effectiveTime value="{written}"/>'))
    assert found
    assert found.text == text


@pytest.mark.parametrize("written", ["", "hier", "20261341", "2026110", "0000"])
def test_what_is_no_moment_is_none(written: str) -> None:
    assert read_moment(fromstring(f'<effectiveTime value="{written}"/>')) is None
    assert read_moment(fromstring("<effectiveTime/>")) is None


def test_a_period_counts_from_its_beginning() -> None:
    found = read_moment(fromstring('<effectiveTime><low value="20260101"/><high value="20260201"/></effectiveTime>'))
    assert found
    assert found.text == "2026-01-01"


def test_a_name_is_read_from_its_parts_else_from_its_text() -> None:
    parts = "<name><prefix>Dr</prefix><given>Anne</given><given>Marie</given><family>ROY</family></name>"
    assert read_name(fromstring(parts)) == "Dr Anne ROY"
    assert read_name(fromstring("<name> Cabinet   du Port </name>")) == "Cabinet du Port"
    assert read_name(None) == inner_text(None) == ""


@pytest.mark.parametrize("written", ["", "abc", "NaN", "Infinity", "1" * 41, "1e5x"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert read_number(written) is None


def test_a_quantity_keeps_its_digits_and_loses_the_unit_one() -> None:
    found = read_quantity(fromstring('<value value="1,260" unit="1"/>'))
    assert found
    assert (str(found.value), found.unit) == ("1.260", "")
    assert read_quantity(fromstring("<value/>")) is None
