import asyncio
from dataclasses import dataclass
from typing import Any, cast

import pytest

from mes_app.cli.choosing import choose_profile
from mes_app.domain.people import Profile
from mes_app.errors import Reason, Rejected

FAMILY = [
    Profile(pid="a1", name="Camille Martin", holder=True),
    Profile(pid="b1", name="Léo Martin"),
    Profile(pid="b2", name="Jeanne Martin"),
]


@dataclass
class Here:
    """A session with a family and nothing else."""

    profiles: Any = None

    def __post_init__(self) -> None:
        self.profiles = self

    async def list(self) -> list[Profile]:
        return FAMILY


def choose(wanted: str) -> str:
    return asyncio.run(choose_profile(cast(Any, Here()), wanted)).pid


def test_the_holder_is_meant_unless_someone_else_is_named() -> None:
    assert [choose(""), choose("léo"), choose("b2")] == ["a1", "b1", "b2"]


@pytest.mark.parametrize(("wanted", "reason"), [("b", Reason.AMBIGUOUS), ("Zoé", Reason.UNKNOWN_RECORD)])
def test_nobody_is_guessed(wanted: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        choose(wanted)
    assert (refused.value.field, refused.value.reason) == ("profile", reason)
