"""The choices a form offers where the record holds a code or a name: what the record keeps of each.

Their words here are those of the record, which is French whatever the language of the app; a screen has its own. A
choice without a code is kept as its words: no code is invented where no terminology could be read.
"""

from functools import cache

from mes_app.domain.data_files import read_rows
from mes_app.domain.record import Kind
from mes_app.domain.values import Coded


def list_choices(kind: Kind, name: str) -> tuple[str, ...]:
    """The choices of a field, in order; empty where it has none of these."""
    return tuple(_find_vocabulary(kind, name))


def find_choice(kind: Kind, name: str, coded: Coded) -> str:
    """The choice that ``coded`` is, by its code or by its words; its words where it is none of the choices."""
    for choice, known in _find_vocabulary(kind, name).items():
        if (known.code and coded.code == known.code) or coded.text == known.text:
            return choice
    return coded.text


def make_coded(kind: Kind, name: str, choice: str) -> Coded:
    """What the record keeps of ``choice``; anything that is none of the choices is kept as words."""
    return _find_vocabulary(kind, name).get(choice) or Coded(text=choice)


def _find_vocabulary(kind: Kind, name: str) -> dict[str, Coded]:
    return _vocabularies().get((kind, name), {})


@cache
def _vocabularies() -> dict[tuple[str, str], dict[str, Coded]]:
    found: dict[tuple[str, str], dict[str, Coded]] = {}
    for row in read_rows("vocabularies"):
        coded = Coded(text=row["display_fr"], code=row["code"] or None, system=row["system"] or None)
        found.setdefault((row["kind"], row["field"]), {})[row["choice"]] = coded
    return found
