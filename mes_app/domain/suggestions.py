"""What a form proposes while a person types: everyday French words, without a code. Free text is always as good.

The record is in French whatever the language of the app. Being in a list, or missing there, says nothing medical.
"""

from collections.abc import Mapping
from functools import cache

from mes_app.domain.data_files import read_rows
from mes_app.domain.folding import fold
from mes_app.domain.record import Kind

MOST = 5
FEWEST_TYPED = 2
"""Letters typed before anything is proposed."""

_LISTS = {
    (Kind.CONDITIONS, "condition"): "conditions",
    (Kind.FAMILY_HISTORY, "conditions"): "conditions",
    (Kind.ALLERGIES, "substance"): "allergens",
    (Kind.TREATMENTS, "medicine"): "medicines",
    (Kind.TREATMENTS, "reason"): "conditions",
    (Kind.PROFESSIONALS, "speciality"): "specialities",
    (Kind.VACCINES, "vaccine"): "vaccines",
    (Kind.VACCINES, "diseases"): "diseases",
}


def find_list(kind: Kind, name: str) -> str:
    """The list that the field of a form proposes from; empty where it has none."""
    return _LISTS.get((kind, name), "")


def suggest(listed: str, typed: str) -> tuple[str, ...]:
    """At most MOST of the words of a list for the line being ``typed``, its last one.

    Whatever the accents: those that begin so first, then those of which a word begins so, in the order of the list.
    Nothing once the line is one of them.
    """
    line = typed.rpartition("\n")[2].strip()
    begun = fold(line)
    if len(begun) < FEWEST_TYPED or line in _lists().get(listed, {}):
        return ()
    others = set(typed.split("\n"))
    known = [(words, folded) for words, folded in _fold_list(listed) if words not in others]
    first = [words for words, folded in known if folded.startswith(begun)]
    second = [words for words, folded in known if words not in first and _has_word(folded, begun)]
    return tuple([*first, *second][:MOST])


def accept(typed: str, chosen: str) -> str:
    """``typed`` with ``chosen`` in place of its last line."""
    before, separator, _ = typed.rpartition("\n")
    return before + separator + chosen


def follow_vaccine(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """``after`` with the diseases of the vaccine that has become another, unless a person said which they are."""
    vaccine, former = after.get("vaccine", ""), before.get("vaccine", "")
    if vaccine == former or after.get("diseases", "") != _list_diseases(former):
        return dict(after)
    return {**after, "diseases": _list_diseases(vaccine)}


def _list_diseases(vaccine: str) -> str:
    return _lists().get("vaccines", {}).get(vaccine, "")


def _has_word(folded: str, begun: str) -> bool:
    """Whether a word of it begins so, also after an apostrophe, a hyphen or a bracket."""
    return any(folded[place - 1] in " '(-" for place in range(1, len(folded)) if folded.startswith(begun, place))


@cache
def _lists() -> dict[str, dict[str, str]]:
    """Each list: its words → of a vaccine, its diseases, one a line."""
    found: dict[str, dict[str, str]] = {}
    for row in read_rows("suggestions"):
        found.setdefault(row["list"], {})[row["words"]] = row["diseases"].replace("|", "\n")
    return found


@cache
def _fold_list(listed: str) -> tuple[tuple[str, str], ...]:
    return tuple((words, fold(words)) for words in _lists().get(listed, {}))
