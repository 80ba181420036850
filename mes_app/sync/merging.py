"""Three-way merge of two versions of a resource, element by element. Pure: what may be merged at all is ``conflicts``'.

An element is one at the top of the resource: a choice (``value[x]``) and the extensions of a primitive (``_value``)
count as one with it, and what is inside is never mixed from two versions. Only lists are merged item by item, those
whose items stand alone: an item is known by its key, and where two have the same key, by all it says.
"""

from typing import Any

from mes_app.fhir.comparisons import SERVER_ELEMENTS, canonical, has_generated_text
from mes_app.fhir.elements import Json

CHOICES = (
    "abatement", "age", "born", "deceased", "effective", "medication", "multipleBirth", "occurrence", "onset",
    "performed", "reported", "scheduled", "value",
)  # fmt: skip
"""Elements of FHIR R4 named by their type: ``valueQuantity`` takes the place of ``valueString``."""

KEYS: dict[str, tuple[str, ...]] = {
    "address": ("use", "type"),
    "category": (),
    "component": ("code",),
    "condition": ("code",),
    "contact": ("relationship", "name"),
    "contained": ("id",),
    "derivedFrom": (),
    "evidence": (),
    "extension": ("url",),
    "identifier": ("system", "value"),
    "name": ("use",),
    "note": (),
    "participant": ("actor", "type"),
    "performer": ("actor",),
    "photo": (),
    "reaction": ("manifestation",),
    "reasonCode": (),
    "reasonReference": (),
    "relatesTo": ("code", "target"),
    "relationship": (),
    "report": (),
    "securityLabel": (),
    "telecom": ("system", "value"),
}
"""Lists whose items each stand alone, with what names an item; nothing: an item is all that it says.

Lists not told here, such as a dosage, are one statement: they are taken whole.
"""

Elements = dict[str, Json]


def merge_elements(base: Json, mine: Json, theirs: Json) -> tuple[Json, tuple[str, ...]]:
    """The merge, and the names of the elements that both changed differently: in these it says what ``theirs`` does.

    ``base`` is what both started from, empty where there was none. ``id`` and ``meta`` are those of ``theirs``; a
    generated narrative is too, and goes when what it was made from changed.
    """
    versions = [split_elements(version) for version in (base, mine, theirs)]
    merged = {name: theirs[name] for name in theirs if name in SERVER_ELEMENTS}
    clashes = []
    for name in dict.fromkeys([*versions[2], *versions[1]]):
        element, agreed = _merge_element(name, *(version.get(name, {}) for version in versions))
        merged |= element
        if not agreed:
            clashes.append(name)
    if has_generated_text(theirs) and find_changes(theirs, merged) == set():
        merged["text"] = theirs["text"]
    return merged, tuple(clashes)


def split_elements(resource: Json) -> Elements:
    """The elements of ``resource``, each with all that counts as one with it, and without what says nothing new."""
    elements: Elements = {}
    for name, value in resource.items():
        if name not in SERVER_ELEMENTS and not (name == "text" and has_generated_text(resource)):
            elements.setdefault(name_element(name), {})[name] = value
    return elements


def name_element(name: str) -> str:
    """What the property ``name`` of a resource is counted under: ``value`` for ``valueQuantity`` and ``_value``."""
    plain = name.removeprefix("_")
    return next((choice for choice in CHOICES if _is_choice(plain, choice)), plain)


def find_changes(one: Json, other: Json) -> set[str]:
    """The names of the elements that do not say the same."""
    former, latter = split_elements(one), split_elements(other)
    return {
        name for name in former.keys() | latter if canonical(former.get(name, {})) != canonical(latter.get(name, {}))
    }


def _is_choice(name: str, choice: str) -> bool:
    return name.startswith(choice) and name[len(choice) :][:1].isupper()


def _merge_element(name: str, base: Json, mine: Json, theirs: Json) -> tuple[Json, bool]:
    """The merged element, and whether both agree on it."""
    if _agree(base, mine, theirs):
        return _choose(base, mine, theirs), True
    lists = [version.get(name, []) for version in (base, mine, theirs)]
    if name in KEYS and f"_{name}" not in mine | theirs and all(isinstance(items, list) for items in lists):
        items = _merge_items(KEYS[name], lists)
        if items is not None:
            return ({name: items} if items else {}), True
    return theirs, False


def _merge_items(parts: tuple[str, ...], lists: list[list[Any]]) -> list[Any] | None:
    """The items of ``theirs``, then what ``mine`` adds; None where both changed, or replaced, the same item."""
    base, mine, theirs = _name_items(parts, lists)
    versions = [(base.get(key), mine.get(key), theirs.get(key)) for key in theirs | mine | base]
    replaced = base.keys() - (mine | theirs).keys() and (mine.keys() | theirs) - base.keys()
    repeated = any(len(named) < len(items) for named, items in zip((base, mine, theirs), lists, strict=True))
    if replaced or repeated or not all(_agree(*version) for version in versions):
        return None
    return [item for version in versions if (item := _choose(*version)) is not None]


def _name_items(parts: tuple[str, ...], lists: list[list[Any]]) -> list[dict[object, Any]]:
    """Each list by the keys of its items, or by all they say where a key is not enough to tell them apart."""
    named = [{_make_key(parts, item): item for item in items} for items in lists]
    if all(len(found) == len(items) for found, items in zip(named, lists, strict=True)):
        return named
    return [{canonical(item): item for item in items} for items in lists]


def _make_key(parts: tuple[str, ...], item: Any) -> object:
    found = tuple(canonical(item.get(part), part) for part in parts) if isinstance(item, dict) else ()
    return found if any(found) else canonical(item)


def _agree(base: Any, mine: Any, theirs: Any) -> bool:
    """Whether one of both did not change it, or both say the same."""
    was, here, there = canonical(base), canonical(mine), canonical(theirs)
    return was in (here, there) or here == there


def _choose(base: Any, mine: Any, theirs: Any) -> Any:
    """Of two that agree, the one that says what changed; ``theirs`` as written where both say the same."""
    return mine if canonical(theirs) == canonical(base) != canonical(mine) else theirs
