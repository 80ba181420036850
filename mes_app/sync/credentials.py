"""How requests for records are authorised: not at all, by a fixed bearer token, or by tokens that renew themselves."""

from collections.abc import Mapping
from typing import Protocol

from mes_app.sync.wires import Answer


class Credentials(Protocol):
    """What ``FhirApi`` asks of whoever holds the tokens."""

    async def sign(self, method: str, url: str, /) -> dict[str, str]:
        """The headers that authorise this one request. SessionExpired when there is no way to get them."""
        ...

    def learn(self, answer: Answer, /) -> bool:
        """Note what the server says of its demands; True when the same request, signed again, may now succeed."""
        ...

    async def renew(self, sent: Mapping[str, str], /) -> bool:
        """After a 401 to ``sent``: get new tokens. False when there are none to get; SessionExpired when refused."""
        ...


class Fixed:
    """The same token for ever, or none: a plain FHIR server."""

    def __init__(self, bearer: str | None = None) -> None:
        self._headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}

    async def sign(self, _method: str, _url: str, /) -> dict[str, str]:
        """The bearer, whatever is asked."""
        return self._headers

    def learn(self, _answer: Answer, /) -> bool:
        """Nothing to learn."""
        return False

    async def renew(self, _sent: Mapping[str, str], /) -> bool:
        """Nothing to renew."""
        return False
