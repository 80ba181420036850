"""What docs/donnees.md tells a person of the files of the app."""

import re
from collections.abc import Iterable
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "donnees.md"
TOLD = tuple(re.findall(r"\| `([\w./-]+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE))


def list_untold(names: Iterable[str]) -> set[str]:
    """Those of ``names``, files of the data folder, of which the page says nothing.

    A vault that is being made, replaced or erased is elsewhere for a moment, and told all the same.
    """
    places = {name: re.sub(r"^vault\.(new|old|gone)(?=/|$)", "vault", name) for name in names}
    return {name for name, place in places.items() if not place.startswith(TOLD)}
