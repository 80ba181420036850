"""A phone under the real Flet session and the real flet-secure-storage: what is sent is what the wire would carry."""

import asyncio
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import msgpack  # type: ignore[import-untyped]
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page
from flet.messaging.protocol import (
    Message,
    MessageAction,
    RegisterClientResponseBody,
    configure_encode_object_for_msgpack,
)
from flet.messaging.session import Session

from tests.views.harness import Client

_pack = configure_encode_object_for_msgpack(BaseControl)  # type: ignore[no-untyped-call]


class Phone(Client):
    """``async with Phone() as phone:`` is a session with one page. ``kept``: what its key store holds, by account.

    ``fails``: how many of the next calls the system refuses. ``lies``: what every ``get`` answers instead.
    """

    def __init__(self, platform: str = "ios") -> None:
        super().__init__(asyncio.get_running_loop())
        self.platform = platform
        self.kept: dict[str, dict[str, str]] = {}
        self.services: dict[int, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.fails = 0
        self.lies: object = None

    async def __aenter__(self) -> "Phone":
        self.session = Session(self)
        self.token = _context_page.set(self.session.page)
        self.session.apply_page_patch({"route": "/", "platform": self.platform, "web": False})
        patch = self.session.get_page_patch()
        self.send_message(
            Message(MessageAction.REGISTER_CLIENT, RegisterClientResponseBody(self.session.id, patch, ""))
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()
        self.executor.shutdown(wait=False)
        _context_page.reset(self.token)

    def send_message(self, message: Message) -> None:
        carried = msgpack.unpackb(
            msgpack.packb([message.action, message.body], default=_pack), strict_map_key=False, object_hook=self._learn
        )
        if message.action == MessageAction.INVOKE_METHOD:
            self.loop.call_soon(self._answer, carried[1])

    def _learn(self, table: dict[Any, Any]) -> dict[Any, Any]:
        if table.get("_c") == "SecureStorage":
            self.services[table["_i"]] = table
        return table

    def _answer(self, call: Any) -> None:
        self.asked.append(call["name"])
        service, error, result = self.services[call["control_id"]], None, None
        if self.fails:
            self.fails, error = self.fails - 1, "PlatformException(Exception encountered, KeyStoreException)"
        else:
            result = self._do(self.kept.setdefault(service["ios_options"]["account_name"], {}), call)
        self.session.handle_invoke_method_results(call["control_id"], call["call_id"], result, error)

    def _do(self, items: dict[str, str], call: Any) -> object:
        given = call["args"]
        match call["name"]:
            case "set":
                items[given["key"]] = given["value"]
            case "get":
                return self.lies if self.lies is not None else items.get(given["key"])
            case "remove":
                items.pop(given["key"], None)
            case "clear":
                items.clear()
            case "contains_key":
                return given["key"] in items
        return None

    def options(self, system: str) -> Iterator[dict[str, Any]]:
        """The options of each service for ``system``, as they came over the wire."""
        return (service[f"{system}_options"] for service in self.services.values())
