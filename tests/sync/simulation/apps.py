"""The same server on a real socket, as an ASGI app."""

from collections.abc import MutableMapping
from typing import Any

import httpx

from tests.sync.simulation.servers import FhirServer


def make_app(server: FhirServer, reach: frozenset[str]) -> Any:
    """``server`` as one who reaches these patients meets it."""

    async def app(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        message = await receive()
        content = message.get("body", b"")
        while message.get("more_body"):
            message = await receive()
            content += message.get("body", b"")
        host, port = scope["server"]
        path = scope["raw_path"] + b"?" + scope["query_string"]
        url = httpx.URL(scheme="http", host=host, port=port, raw_path=path)
        response = server.handle(httpx.Request(scope["method"], url, headers=scope["headers"], content=content), reach)
        body = await response.aread()
        headers = [(name.lower(), value) for name, value in response.headers.raw]
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app
