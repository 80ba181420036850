"""Forms as people fill them, for whatever is made of them."""

from hypothesis import strategies as st

from mes_app.domain.forms import WRITABLE, Input, InputKind, list_inputs, start_values
from mes_app.domain.measure_types import SCALES
from mes_app.domain.record import Kind
from mes_app.domain.texts import clean_paragraph

WORDS = st.text(min_size=1, max_size=20).filter(clean_paragraph)
TYPED = {
    InputKind.TEXT: WORDS,
    InputKind.LONG_TEXT: WORDS,
    InputKind.DATE: st.sampled_from(["2019", "2019-05", "03/05/2019"]),
    InputKind.DAY: st.just("03/05/2019"),
    InputKind.MOMENT: st.sampled_from(["2019-05-03T10:30", "2019"]),
    InputKind.NUMBER: st.sampled_from(["1", "36", "7"]),
    InputKind.YES: st.just("yes"),
    InputKind.PHONE: st.sampled_from(["06 39 98 00 00", "0199000000", "+32 470 00 00 00"]),
    InputKind.EMAIL: st.just("camille@famille.example"),
    InputKind.CODE: st.sampled_from(["3400930000007", "(01)03400949497294(17)270500(10)W3R291"]),
    InputKind.RPPS: st.sampled_from(["99700218896", "997 002 188 96"]),
    InputKind.FINESS: st.sampled_from(["750100125", "2A0000014"]),
    InputKind.LINES: st.lists(WORDS, min_size=1, max_size=3).map("\n".join),
}


def values_of(asked: Input) -> st.SearchStrategy[str]:
    """What may be typed or chosen there."""
    if asked.kind is InputKind.CHOICES:
        return st.lists(st.sampled_from(asked.choices), unique=True, max_size=3).map("\n".join)
    return TYPED[asked.kind] if asked.kind in TYPED else st.sampled_from(asked.choices)


@st.composite
def filled_forms(draw: st.DrawFn, kind: Kind | None = None) -> tuple[Kind, dict[str, str]]:
    """A form, of ``kind`` if any, with what it requires, and perhaps the rest."""
    kind = kind or draw(st.sampled_from(sorted(WRITABLE)))
    values = start_values(kind) | ({"measure": draw(st.sampled_from(sorted(SCALES)))} if kind is Kind.MEASURES else {})
    for asked in list_inputs(kind, values):
        if asked.name not in values and (asked.required or draw(st.booleans())):
            values[asked.name] = draw(values_of(asked))
    return kind, values
