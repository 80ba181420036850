"""`make sbom`: what the app is made of, as a CycloneDX inventory in build/sbom.json.

It tells what is installed for this system, from files whose hashes are in requirements/dev.txt. What only builds or
tests the app is left out.
"""

import json
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
APP = "mes-carnets"
EXTRAS = frozenset({"desktop"})


def make_inventory(name: str, extras: frozenset[str]) -> dict[str, Any]:
    """The inventory of an installed distribution with ``extras``."""
    parts = {describe(part)["purl"]: part for part in list_parts(name, extras)}
    main = describe(distribution(name))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": main | {"type": "application"}},
        "components": [describe(part) for purl, part in sorted(parts.items()) if purl != main["purl"]],
    }


def list_parts(name: str, extras: frozenset[str]) -> Iterator[Distribution]:
    """A distribution and, maybe more than once, all that it needs on this system."""
    waiting, seen = [(name, extras)], set()
    while waiting:
        wanted = waiting.pop()
        if wanted not in seen:
            seen.add(wanted)
            part = distribution(wanted[0])
            yield part
            waiting += list_needs(part, wanted[1])


def list_needs(part: Distribution, extras: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """What a distribution needs on this system, each with the extras of it."""
    needs, cases = map(Requirement, part.requires or ()), [{"extra": extra} for extra in ("", *extras)]
    return [
        (need.name, frozenset(need.extras))
        for need in needs
        if need.marker is None or any(need.marker.evaluate(case) for case in cases)
    ]


def describe(part: Distribution) -> dict[str, Any]:
    """One component."""
    purl, licence = f"pkg:pypi/{canonicalize_name(part.name)}@{part.version}", find_licence(part)
    return {
        "type": "library",
        "bom-ref": purl,
        "name": part.name,
        "version": part.version,
        "licenses": [{"license": {"name": licence}}] if licence else [],
        "purl": purl,
    }


def find_licence(part: Distribution) -> str:
    """The licence as its authors name it; empty where they do not."""
    told = {name: part.metadata.get_all(name) or [] for name in ("License-Expression", "Classifier", "License")}
    classified = [line.rpartition(" :: ")[2] for line in told["Classifier"] if line.startswith("License :: ")]
    return next(iter([*told["License-Expression"], *classified, *told["License"]]), "")


if __name__ == "__main__":
    target = ROOT / "build" / "sbom.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(make_inventory(APP, EXTRAS), indent=2, ensure_ascii=False), "utf-8")
