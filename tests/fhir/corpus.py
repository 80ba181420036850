"""Resources as others write them: what is known, with anything that we do not know laid around it.

JSON here is compared digit by digit: a number is the text that stands for it.
"""

import json
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from mes_app.fhir.elements import Json

NUMBERS = st.sampled_from(
    ("0", "1.0", "1.10", "72.50", "1e3", "-0.00", "0.1E-5", "12345678901234567890", "-1" + "0" * 30, "3." + "1" * 40)
).map(Decimal)
"""What a float or a machine's integer would not keep. (``1e3`` is as good as ``1E+3``, and none of ``1000``.)"""
TEXTS = st.text(max_size=12) | st.sampled_from(("\u202e", "é" * 300, "<b>&amp;", "code-inconnu", "☃\U0001f9d1‍⚕️"))
VALUES = st.recursive(
    st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
EXTENSIONS = st.lists(
    st.fixed_dictionaries({"url": TEXTS.map("urn:example:{}".format)}, optional={"valueDecimal": NUMBERS, "id": TEXTS}),
    min_size=1,
    max_size=2,
)
CONTAINED = st.fixed_dictionaries({"resourceType": st.just("Basic"), "id": st.just("en-plus"), "inconnu": VALUES})
UNKNOWN: tuple[tuple[str, st.SearchStrategy[Any]], ...] = (
    ("extension", EXTENSIONS),
    ("modifierExtension", EXTENSIONS),
    ("inconnu", VALUES),
    ("valued", VALUES),
    ("onsetting", VALUES),
)
"""Elements of no FHIR type that we know, some of them named almost like one."""

WHOLES = ("", "/reaction", "/protocolApplied")
"""What remains itself when one of its elements changes: a resource and its parts, but no value that is replaced."""


@st.composite
def enriched(draw: st.DrawFn, resource: Json) -> Json:
    """``resource`` with unknown elements at its root, in some of its inner elements and beside its primitives."""
    rich: Json = _enrich(draw, resource)
    rich["extension"] = [*resource.get("extension", []), *draw(EXTENSIONS)]
    rich["contained"] = [*rich.get("contained", []), draw(CONTAINED)]
    return rich


def _enrich(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, list):
        return [_enrich(draw, item) for item in value]
    if not isinstance(value, dict):
        return value
    rich = {name: _enrich(draw, inner) for name, inner in value.items()}
    for name, strategy in UNKNOWN:
        if name not in value and draw(st.integers(0, 5)) == 0:
            rich[name] = draw(strategy)
    for name, inner in value.items():
        if f"_{name}" not in value and isinstance(inner, str) and draw(st.integers(0, 5)) == 0:
            rich[f"_{name}"] = {"extension": draw(EXTENSIONS)}
    return rich


def exact(value: Any) -> Any:
    """``value``, equal only to one that says the same with the same digits, whatever the order of its elements."""
    match value:
        case dict():
            return {name: exact(inner) for name, inner in value.items()}
        case list():
            return [exact(inner) for inner in value]
        case bool() | None | str():
            return (type(value), value)
    return Decimal(str(value)).as_tuple()


def read_exactly(body: bytes) -> Any:
    """JSON by a parser that is not ours, no digit lost."""
    return json.loads(body, parse_float=Decimal, parse_int=Decimal)


def find_losses(before: Any, after: Any, rich: Any, written: Any, path: str = "") -> list[str]:
    """Where ``written`` lost or changed something that was not to change.

    ``before`` became ``after`` by a change of one field, ``rich`` became ``written`` by the same change: whatever that
    change left alone in the first is to be left alone in the second, with all that was laid around it.
    """
    if exact(before) == exact(after):
        return [] if exact(rich) == exact(written) else [path or "/"]
    if isinstance(before, dict) and isinstance(after, dict) and isinstance(written, dict):
        return _find_lost_elements(before, after, rich, written, path)
    if isinstance(before, list) and isinstance(after, list) and isinstance(written, list):
        return _find_lost_items(before, after, rich, written, path)
    return []


def _find_lost_elements(before: Json, after: Json, rich: Json, written: Json, path: str) -> list[str]:
    """What is said of the whole stays with a whole, and what is said of a primitive with that primitive."""
    lost = []
    for name in rich:
        owner = name.removeprefix("_")
        if name in before and name in after:
            lost += find_losses(before[name], after[name], rich[name], written.get(name), f"{path}/{name}")
        elif name not in before and path in WHOLES and exact(before.get(owner)) == exact(after.get(owner)):
            lost += [] if name in written and exact(rich[name]) == exact(written[name]) else [f"{path}/{name}"]
    return lost


def _find_lost_items(before: list[Any], after: list[Any], rich: list[Any], written: list[Any], path: str) -> list[str]:
    """Items that the change left, wherever they stand now, and those that were laid beside them."""
    kept = [rich[place] for place, item in enumerate(before) if exact(item) in map(exact, after)]
    found = [exact(item) for item in written]
    lost = [f"{path}[{place}]" for place, item in enumerate([*kept, *rich[len(before) :]]) if exact(item) not in found]
    if len(before) == len(after) and path in WHOLES:
        for versions in zip(before, after, rich, written, strict=False):
            lost += find_losses(*versions, path=path)
    return lost
