"""The session of an enrolled device: access tokens in memory only, refresh tokens rotated and kept before use.

A lost answer must not end the session: the new refresh token is in the vault before the access token that came with
it is first shown to the server (protocol.md §2.6).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from pydantic import SecretStr

from mes_app.crypto.dpop import make_proof
from mes_app.domain.servers import ServerAccount
from mes_app.errors import MesError, Reason, SessionExpired, Unreadable
from mes_app.sync.authorities import Authority, reveal, text_of
from mes_app.sync.networks import Network
from mes_app.sync.wires import Answer

Keep = Callable[[ServerAccount], Awaitable[None]]


class TokenSession:
    """Credentials of ``account``, bound to its DPoP key where it has one, else bearer tokens (SMART App Launch).

    ``keep`` commits the account with its next refresh token to the vault.
    """

    def __init__(self, account: ServerAccount, keep: Keep, network: Network) -> None:
        self._account = account
        self._keep = keep
        self._key = reveal(account.dpop_key)
        self._authority = Authority(account.token_endpoint, self._key, network)
        self._scheme = "DPoP" if self._key else "Bearer"
        self._authorization = self._write(reveal(account.access_token))
        self._nonce: str | None = None
        self._renewing = asyncio.Lock()

    async def sign(self, method: str, url: str) -> dict[str, str]:
        """The headers of one request; refreshes first when there is no access token yet."""
        if not self._authorization:
            await self.renew({})
        if not self._key:
            return {"Authorization": self._authorization}
        token = self._authorization.removeprefix("DPoP ")
        proof = make_proof(self._key, method, url, nonce=self._nonce, access_token=token)
        return {"Authorization": self._authorization, "DPoP": proof}

    def learn(self, answer: Answer) -> bool:
        """Note the nonce; True when the request failed only for want of it."""
        self._nonce = answer.headers.get("dpop-nonce") or self._nonce
        return answer.status == 401 and "use_dpop_nonce" in answer.headers.get("www-authenticate", "")

    async def renew(self, sent: Mapping[str, str]) -> bool:
        """Refresh, once for all requests that failed with the same token."""
        async with self._renewing:
            if sent.get("Authorization", "") == self._authorization:
                await self._refresh()
        return True

    async def _refresh(self) -> None:
        if not self._account.refresh_token:  # a restored vault, no backup holds it; or a server that grants none
            raise SessionExpired(Reason.SIGN_IN_AGAIN)
        form = {
            "grant_type": "refresh_token",
            "refresh_token": reveal(self._account.refresh_token),
            "client_id": self._account.client_id,
        }
        status, answer = await self._authority.post(self._account.token_endpoint, form)
        access = text_of(answer, "access_token")
        if not access.isascii() or not access:
            raise _refusal(status, answer.get("error"))
        if rotated := text_of(answer, "refresh_token"):
            account = self._account.model_copy(update={"refresh_token": SecretStr(rotated)})
            await self._keep(account)
            self._account = account
        self._authorization = self._write(access)

    def _write(self, token: str) -> str:
        return f"{self._scheme} {token}" if token else ""


async def revoke(account: ServerAccount, network: Network) -> None:
    """Tell the server that this device signs out (RFC 7009). Raises Offline, Busy, Unreadable: the caller signs out
    on the device whatever comes back."""
    if account.revocation_endpoint and account.refresh_token:
        authority = Authority(account.revocation_endpoint, reveal(account.dpop_key), network)
        form = {"token": reveal(account.refresh_token), "client_id": account.client_id}
        await authority.post(account.revocation_endpoint, form)


def _refusal(status: int, error: object) -> MesError:
    match error:
        case "insufficient_authorization":
            return SessionExpired(Reason.CODE_REQUIRED)
        case "invalid_grant" | "invalid_client" | "unauthorized_client":
            return SessionExpired(Reason.SIGN_IN_AGAIN)
        case _:
            return Unreadable(Reason.SERVER_FAULT, status=status)
