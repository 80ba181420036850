import pytest

from mes_backend.fhir.ranges import Part, cut_part

DATA = b"0123456789"
WHOLE = Part(200, DATA)


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=4-", Part(206, b"456789", "bytes 4-9/10")),
        ("bytes=0-3", Part(206, b"0123", "bytes 0-3/10")),
        ("bytes=8-99", Part(206, b"89", "bytes 8-9/10")),
        ("bytes = 9 -", Part(206, b"9", "bytes 9-9/10")),
        ("bytes=-3", Part(206, b"789", "bytes 7-9/10")),
        ("bytes=-99", Part(206, DATA, "bytes 0-9/10")),
        ("bytes=10-", Part(416, b"", "bytes */10")),
        ("bytes=-0", Part(416, b"", "bytes */10")),
    ],
)
def test_one_range_is_cut(wanted: str, part: Part) -> None:
    assert cut_part(DATA, wanted, "", '"1"') == part


@pytest.mark.parametrize("wanted", ["", "bytes=0-1,4-5", "bytes=5-4", "bytes=-", "lines=0-1", "bytes=a-", "0-5"])
def test_any_other_range_is_as_if_none_was_asked(wanted: str) -> None:
    assert cut_part(DATA, wanted, "", '"1"') == WHOLE


def test_a_range_of_another_version_brings_all_of_this_one() -> None:
    assert cut_part(DATA, "bytes=4-", '"1"', '"1"').status == 206
    for condition in ('"2"', 'W/"1"', "Sat, 21 Nov 2026 10:00:00 GMT"):
        assert cut_part(DATA, "bytes=4-", condition, '"1"') == WHOLE


def test_nothing_can_be_cut_from_nothing() -> None:
    assert cut_part(b"", "bytes=0-", "", '"1"').status == 416
