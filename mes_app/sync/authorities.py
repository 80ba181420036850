"""Requests to an authorization server: a form, with us a DPoP proof, and the nonce the server may ask for.

The words of the profile (protocol.md §2) that the draft leaves to each server are named in ``auth`` and ``tokens``.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from mes_app.crypto.dpop import make_proof
from mes_app.errors import Busy, Offline, Reason, Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.sync.failures import from_status
from mes_app.sync.networks import Network
from mes_app.sync.wires import Answer, Wire


class Authority:
    """One authorization server, on the origin of ``address``, seen from one DPoP ``key`` (serialised; none if empty).

    Nonces are remembered between requests.
    """

    def __init__(self, address: str, key: str, network: Network) -> None:
        self._address = address
        self._key = key
        self._network = network
        self._nonce: str | None = None

    async def post(self, endpoint: str, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Status and JSON of the answer, whether it grants or refuses.

        Raises Offline, Busy(TOO_MANY_TRIES), NotAllowed(FOREIGN_ADDRESS), Unreadable.
        """
        async with Wire(self._address, self._network) as wire:
            answer = await self._send(wire, endpoint, form)
            if self._learn(answer):
                answer = await self._send(wire, endpoint, form)
        if answer.status == 429:
            raise Busy(Reason.TOO_MANY_TRIES, after=answer.after)
        if isinstance(error := from_status(answer.status, answer.after), Busy | Offline | Unreadable):
            raise error
        return answer.status, read_body(answer.body) if answer.body else {}

    async def _send(self, wire: Wire, endpoint: str, form: Mapping[str, str]) -> Answer:
        bound = {"DPoP": make_proof(self._key, "POST", endpoint, nonce=self._nonce)} if self._key else {}
        return await wire.send("POST", endpoint, headers={"Accept": "application/json", **bound}, form=form)

    def _learn(self, answer: Answer) -> bool:
        """Note the nonce; True when the server refused only for want of it (RFC 9449 §8)."""
        self._nonce = answer.headers.get("dpop-nonce") or self._nonce
        return answer.status in (400, 401) and b"use_dpop_nonce" in answer.body


def text_of(answer: Mapping[str, Any], name: str) -> str:
    """A text member of a JSON answer; empty when absent or of another type."""
    value = answer.get(name)
    return value if isinstance(value, str) else ""


def reveal(secret: SecretStr | None) -> str:
    """What goes into a request; empty when there is none."""
    return secret.get_secret_value() if secret else ""
