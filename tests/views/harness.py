"""Runs the app in plain Python: a Flet session whose client is this file. No browser, about 2 ms an action.

Written for Flet 1.0.5, some private names of which are used here and nowhere else. A test fails when a handler, an
effect or a drawing raised.
"""

import asyncio
import dataclasses
import functools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Any, TypeVar

import flet as ft
import msgpack  # type: ignore[import-untyped]
from flet.components.component import Component
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page
from flet.messaging.connection import Connection
from flet.messaging.protocol import (
    Message,
    MessageAction,
    RegisterClientResponseBody,
    configure_encode_object_for_msgpack,
)
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

C = TypeVar("C", bound=BaseControl)
GLANCE = 0.02
"""After how many seconds a story that waits looks again, though nothing on the screen has changed."""

_pack = configure_encode_object_for_msgpack(BaseControl)  # type: ignore[no-untyped-call]


class Client(Connection):
    """Encodes every message as the real transports do, and answers the methods that the app invokes.

    ``answers`` are those of a method by its name; None to any other. ``calls``: name and arguments of each method.
    ``told``: something was sent.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.loop, self.executor = loop, ThreadPoolExecutor(2)
        self.pubsubhub = PubSubHub(loop=loop, executor=self.executor)
        self.page_url = "http://test/"
        self.errors: list[str] = []
        self.answers: dict[str, object] = {"get_connectivity": ["wifi"]}
        self.calls: list[tuple[str, Any]] = []
        self.told = asyncio.Event()
        self.session: Any = None

    def send_message(self, message: Message) -> None:
        self.told.set()
        msgpack.packb([message.action, message.body], default=_pack)
        if message.action == MessageAction.SESSION_CRASHED:
            self.errors.append(message.body.message)
        if message.action == MessageAction.INVOKE_METHOD:
            self.loop.call_soon(self._answer, message.body)

    def _answer(self, call: Any) -> None:
        self.calls.append((call.name, call.args))
        self.session.handle_invoke_method_results(call.control_id, call.call_id, self.answers.get(call.name), None)
        if call.name == "push_route":
            route = call.args["route"]
            self.session.apply_page_patch({"route": route})
            changed = self.session.dispatch_event(self.session.page._i, "route_change", {"route": route})
            self.loop.create_task(changed)


@functools.cache
def _rank_fields(kind: Any) -> dict[str, int]:
    """The fields of a control that may hold others, each with its place."""
    if not dataclasses.is_dataclass(kind):
        return {}
    fields = (field for field in dataclasses.fields(kind) if not field.metadata.get("skip"))
    names = (field.name for field in fields if field.name not in ("_parent", "_values"))
    return {name: rank for rank, name in enumerate(names)}


def _list_set(value: object) -> list[str]:
    """The fields of ``value`` that hold something: Flet keeps those apart that have been set, of a hundred."""
    kind: Any = type(value)
    ranks = _rank_fields(kind)
    always = getattr(value, "_structural_fields", ranks)
    return sorted((name for name in (*always, *getattr(value, "_values", ())) if name in ranks), key=ranks.__getitem__)


def _list_parts(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        parts = list(value)
    elif isinstance(value, dict):
        parts = list(value.values())
    else:
        parts = [getattr(value, name, None) for name in _list_set(value)]
    return [part for part in parts if part is not None and not isinstance(part, str | int | float | bytes)]


class App:
    """``async with App(main, width=390) as app:`` then find controls, act on them, read the texts."""

    def __init__(self, main: Callable[[ft.Page], Any], *, width: int = 390, height: int = 844) -> None:
        self.main = main
        self.props = {"route": "/", "width": width, "height": height, "web": False, "platform": "android"}

    async def __aenter__(self) -> "App":
        self.client = Client(asyncio.get_running_loop())
        self.session = self.client.session = Session(self.client)
        self.page = self.session.page
        self.token = _context_page.set(self.page)
        self.session.apply_page_patch(self.props)
        patch = self.session.get_page_patch()  # type: ignore[no-untyped-call]
        registered = RegisterClientResponseBody(self.session.id, patch, "")
        self.client.send_message(Message(MessageAction.REGISTER_CLIENT, registered))
        started = self.main(self.page)
        if asyncio.iscoroutine(started):
            await started
        await self.session.after_event(self.page)
        await self.settle()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()  # type: ignore[no-untyped-call]
        await asyncio.sleep(0)
        self.client.executor.shutdown(wait=False)
        _context_page.reset(self.token)

    async def settle(self, turns: int = 60) -> None:
        """Let what is under way on the event loop happen, then check that nothing raised."""
        for _ in range(turns):
            await asyncio.sleep(0)
        assert not self.client.errors, self.client.errors[0]
        drawing = self.session._Session__updates_task  # type: ignore[attr-defined]
        assert drawing is None or not drawing.done(), f"drawing failed: {drawing.exception()!r}"

    async def until(self, done: Callable[[], object]) -> None:
        """Wait for what happens on a thread, looking when the client is told something, and now and then."""
        while not done():
            self.client.told.clear()
            await self.settle()
            if not self.client.told.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.client.told.wait(), GLANCE)

    def walk(self, root: object = None) -> Iterator[BaseControl]:
        """All live controls, depth first, looking through components."""
        seen: set[int] = set()
        waiting = [root if root is not None else self.page]
        while waiting:
            value = waiting.pop()
            if isinstance(value, BaseControl):
                if id(value) in seen:
                    continue
                seen.add(id(value))
                if not isinstance(value, Component):
                    yield value
            waiting.extend(reversed(_list_parts(value)))

    def all(self, kind: type[C], **props: object) -> list[C]:
        """The controls of a class with these properties."""
        found = (control for control in self.walk() if isinstance(control, kind))
        return [control for control in found if all(getattr(control, k, None) == v for k, v in props.items())]

    def one(self, kind: type[C], **props: object) -> C:
        """The only one."""
        found = self.all(kind, **props)
        assert len(found) == 1, f"{len(found)} {kind.__name__} with {props}: {self.texts()}"
        return found[0]

    def button(self, words: str) -> BaseControl:
        """The only control that is pressed and says ``words`` as its content."""
        found = [c for c in self.walk() if getattr(c, "content", None) == words and getattr(c, "on_click", None)]
        assert len(found) == 1, f"{len(found)} buttons {words!r}: {self.texts()}"
        return found[0]

    def texts(self) -> list[str]:
        """Every text on screen, one in parts as it is read aloud."""
        return [text.value or text.semantics_label or "" for text in self.all(ft.Text)]

    async def fire(self, control: Any, event: str, data: object = None, **client_props: object) -> None:
        """What the client does: push changed properties, then the event; then the app reacts."""
        if client_props:
            self.session.apply_patch(control._i, client_props)
        await self.session.dispatch_event(control._i, event, data)
        await self.settle()

    async def click(self, control: BaseControl) -> None:
        """Press it."""
        await self.fire(control, "click")

    async def type(self, field: ft.TextField, text: str) -> None:
        """Replace what the field holds."""
        await self.fire(field, "change", text, value=text)

    async def close_tab(self) -> None:
        """The connection of the browser is gone; its session waits for it."""
        await self.session.disconnect(60)
        await self.settle()

    async def load_again(self) -> None:
        """The browser is back: it is sent the whole page at once, then what changes."""
        self.client = Client(asyncio.get_running_loop())
        self.client.session = self.session
        registered = RegisterClientResponseBody(self.session.id, self.page, "")
        self.client.send_message(Message(MessageAction.REGISTER_CLIENT, registered))
        await self.session.connect(self.client)
        await self.settle()

    async def press_keys(self, keys: str) -> None:
        """Keys of a hardware keyboard, faster than the screen is drawn."""
        for key in keys:
            pressed = {"key": key, "shift": False, "ctrl": False, "alt": False, "meta": False}
            await self.session.dispatch_event(self.page._i, "keyboard_event", pressed)
        await self.settle()
