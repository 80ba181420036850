"""Who gets the keyboard on a screen with one question, and who keeps it."""

import asyncio
from collections.abc import Callable, Sequence

import flet as ft
import pytest

from mes_app.views.widgets.entrance import SLIDES, offer_keyboard


@ft.control
class _Field(ft.TextField):
    """A field that notes how often it was asked to take the keyboard."""

    asked: int = 0

    async def focus(self) -> None:
        self.asked += 1


class _Life:
    """What happens in each of the waits, one after the other."""

    def __init__(self, *happenings: Callable[[], None]) -> None:
        self._happenings = list(happenings)

    async def wait(self, _seconds: float) -> None:
        if self._happenings:
            self._happenings.pop(0)()


def offer(fields: Sequence[_Field], has_it: Callable[[], bool], life: _Life) -> None:
    asyncio.run(offer_keyboard(lambda: fields, has_it, life.wait))


def _nothing() -> None:
    return None


@pytest.fixture
def fields() -> tuple[_Field, _Field]:
    return _Field(value="", autofocus=True), _Field(value="")


def test_the_first_field_is_asked_again_while_the_view_slides_in(fields: tuple[_Field, _Field]) -> None:
    offer(fields, lambda: False, _Life())
    assert (fields[0].asked, fields[1].asked) == (SLIDES, 0)


def test_a_field_that_has_the_keyboard_is_left_alone(fields: tuple[_Field, _Field]) -> None:
    offer(fields, lambda: fields[0].asked == 2, _Life())
    assert fields[0].asked == 2


@pytest.mark.parametrize("typed_in", [0, 1])
def test_nobody_who_has_begun_to_type_loses_the_keyboard(fields: tuple[_Field, _Field], typed_in: int) -> None:
    life = _Life(_nothing, lambda: setattr(fields[typed_in], "value", "c"))
    offer(fields, lambda: False, life)
    assert fields[0].asked == 1


def test_a_field_drawn_anew_is_the_one_that_is_asked() -> None:
    drawn = [_Field(value="", autofocus=True)]
    life = _Life(_nothing, lambda: drawn.__setitem__(0, _Field(value="", autofocus=True)))
    first = drawn[0]
    offer(drawn, lambda: False, life)
    assert (first.asked, drawn[0].asked) == (1, SLIDES - 1)
