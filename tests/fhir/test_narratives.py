import pytest

from mes_app.fhir.elements import LINE_LIMIT, TEXT_LIMIT
from mes_app.fhir.narratives import narrative_line, narrative_text
from tests.fhir.reading import sample


def read(div: str) -> str:
    return narrative_text({"text": {"div": div}})


def test_a_narrative_reads_as_plain_lines() -> None:
    assert narrative_text(sample("flag")) == "Porteur d'un stimulateur cardiaque"
    assert read("<div><p>un</p><table><tr><td>TSH</td><td>2,3</td></tr></table></div>") == "un\nTSH 2,3"


@pytest.mark.parametrize(
    "div",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=x>alert(1)",
        "<style>p { color: red }</style>",
        "<!-- <b>caché</b> -->",
        "<iframe>caché</iframe>",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_c4_nothing_active_or_hidden_leaves_a_narrative(div: str) -> None:
    assert read(f"<div>avant{div}</div>") == "avant"


@pytest.mark.parametrize("piece", ["<", "<!--", "<script>", "</script>", "<![foo[", "<a <a ", "&#x", "]]>"])
def test_hostile_markup_is_read_once_and_within_limits(piece: str) -> None:
    assert len(read(piece * 200_000)) <= TEXT_LIMIT
    assert len(narrative_line({"text": {"div": piece * 10_000}})) <= LINE_LIMIT


def test_a_resource_without_a_narrative_has_no_text() -> None:
    assert narrative_text({}) == narrative_text({"text": "texte"}) == narrative_text({"text": {"div": 3}}) == ""
