"""A server of others with SMART App Launch, and the browser in which a person signs in to it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.sync.serving import Asked, Say, make_plain_server, served
from tests.sync.test_launches import GRANTED, StrictAuthority


@contextmanager
def smart_server(patient: str = "p1") -> Iterator[str]:
    """Its address; it grants the record of ``patient`` to who comes back as it was asked, and to no other."""
    authority = StrictAuthority(Say(GRANTED | {"patient": patient}, content_type="application/json"))

    def describe(asked: Asked) -> Say:
        origin = f"http://{asked.headers['host']}"
        endpoints = {
            f"{name}_endpoint": f"{origin}/{path}"
            for name, path in (("authorization", "authorize"), ("token", "token"))
        }
        return Say(endpoints | {"code_challenge_methods_supported": ["S256"]}, content_type="application/json")

    def agree(asked: Asked) -> Say:
        authority.asked = asked.query
        said = (
            f"code=c1&state={asked.query['state']}" if asked.query["client_id"] != "refused" else "error=access_denied"
        )
        return Say(b"", 302, {"location": f"{asked.query['redirect_uri']}?{said}"})

    authority.server.paths |= make_plain_server("Observation").paths
    authority.server.paths |= {"/fhir/.well-known/smart-configuration": describe, "/authorize": agree}
    with served(authority.server) as url:
        yield url


def browse(address: str) -> bool:
    """What a browser shows: the page it ends on."""
    return httpx.get(address, follow_redirects=True).is_success
