"""The one shape of every refusal of the login endpoints: OAuth's JSON error, a status, and when to come back."""

from fastapi import Request
from starlette.background import BackgroundTask
from starlette.responses import JSONResponse


class OAuthError(Exception):
    """``error``: a registered OAuth error code. ``facts``: the other members of the answer."""

    def __init__(self, error: str, status: int = 400, *, retry_after: int | None = None, **facts: object) -> None:
        self.error = error
        self.status = status
        self.headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        self.facts = facts
        super().__init__(error)

    def answer(self, after: BackgroundTask | None = None) -> JSONResponse:
        """The HTTP answer; ``after`` runs once it has left."""
        headers = {"Cache-Control": "no-store", **self.headers}
        return JSONResponse({"error": self.error, **self.facts}, self.status, headers, background=after)


async def answer_oauth_error(_request: Request, error: OAuthError) -> JSONResponse:
    """The exception handler of ``OAuthError``."""
    return error.answer()
