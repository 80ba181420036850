"""A server for pushes, that keeps what it is given and fails as it is told."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.sync.pushing import (
    Desk,
    opened_desk,
    put_in_version,
)
from tests.sync.serving import Asked, Say, Scripted, make_bundle, served

Fail = Callable[[Asked], Say | None]
CUT = Say(b"{", promised=100)


class Shelf(Scripted):
    """Keeps resources by ``Type/id``; ``fails`` may answer before a request is done, ``loses`` after."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, list[dict[str, Any] | None]] = {}
        self.fails: Fail = lambda asked: None
        self.loses: Fail = lambda asked: None

    def _choose(self, asked: Asked) -> Say:
        return self.fails(asked) or self.loses_after(asked, self._do(asked))

    def loses_after(self, asked: Asked, say: Say) -> Say:
        return self.loses(asked) or say

    def _do(self, asked: Asked) -> Say:
        key = asked.path.removeprefix("/fhir/")
        past = self.kept.get(key, [])
        now = past[-1] if past else None
        match asked.method:
            case "GET" if "/" not in key:
                return Say(make_bundle(*(v[-1] for k, v in self.kept.items() if k.startswith(f"{key}/") and v[-1])))
            case "POST":
                return self._put(f"{key}/s{len(self.kept)}", json.loads(asked.body))
            case "GET" | "DELETE" if now is None:
                return Say(status=410 if past else 404)
            case "GET":
                return Say(now)
        if now and (asked.headers.get("if-none-match") or asked.headers.get("if-match") != f'W/"{len(past)}"'):
            return Say(status=412)
        return self._put(key, None if asked.method == "DELETE" else json.loads(asked.body))

    def _put(self, key: str, resource: dict[str, Any] | None) -> Say:
        past = self.kept.setdefault(key, [])
        rid = key.partition("/")[2]
        past.append(put_in_version(resource, rid, str(len(past) + 1)) if resource else None)
        return Say(past[-1], 201 if len(past) == 1 else 200) if resource else Say(status=204)

    def edit(self, key: str, **more: Any) -> dict[str, Any]:
        """What another device does."""
        self._put(key, (self.kept.get(key, [None])[-1] or {}) | more)
        return self.now(key)

    def now(self, key: str) -> dict[str, Any]:
        """What is there."""
        found = self.kept[key][-1]
        assert found is not None
        return found

    @property
    def writes(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.asked if one.method != "GET"]


def tell(folder: Path, story: Callable[[Desk, Shelf], Awaitable[None]], **options: Any) -> Shelf:
    async def run(url: str) -> None:
        async with opened_desk(folder, f"{url}/fhir", **options) as desk:
            await story(desk, shelf)

    shelf = Shelf()
    with served(shelf) as url:
        asyncio.run(run(url))
    return shelf


def only(method: str, say: Say) -> Fail:
    return lambda asked: say if asked.method == method else None
