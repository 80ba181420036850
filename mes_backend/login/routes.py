"""The endpoints of sign-in, and how they join an app. What each step means is in the modules named like it.

Endpoints are plain functions: the slow hash of passwords runs on a thread and the event loop stays free.
"""

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import JSONResponse

from mes_backend.database import writing
from mes_backend.login.calls import VERIFIER, AnyCall, ClientCall, require
from mes_backend.login.challenges import Demand, ask_code
from mes_backend.login.desk import Desk
from mes_backend.login.errors import OAuthError, answer_oauth_error
from mes_backend.login.metadata import SCOPE, describe_login, describe_smart
from mes_backend.login.proofs import NonceMiddleware
from mes_backend.login.sessions import Issue, end_session, redeem_code, renew_session
from mes_backend.login.sign_ins import ask_again, send_code, send_password
from mes_backend.settings import Settings

router = APIRouter()


def install(app: FastAPI, desk: Desk) -> None:
    """Add sign-in to ``app``, and to its state the desk that ``current_access`` needs."""
    app.state.desk = desk
    app.include_router(router)
    app.exception_handler(OAuthError)(answer_oauth_error)
    app.add_middleware(NonceMiddleware, proofs=desk.proofs)


@router.get("/.well-known/oauth-authorization-server")
def get_metadata(request: Request) -> dict[str, object]:
    """RFC 8414."""
    return describe_login(_settings(request))


@router.get("/.well-known/smart-configuration")
@router.get("/fhir/.well-known/smart-configuration")
def get_smart_configuration(request: Request) -> dict[str, object]:
    """SMART App Launch 2.2 looks below the FHIR base; our own client also at the root."""
    return describe_smart(_settings(request))


@router.post("/oauth/challenge")
def post_challenge(call: AnyCall) -> JSONResponse:
    """The authorization challenge endpoint: a password, a code, or the wish for another code."""
    if "otp" in call.form:
        return send_code(call)
    return ask_again(call) if "otp_resend" in call.form else send_password(call)


@router.post("/oauth/token")
def post_token(call: ClientCall) -> JSONResponse:
    """The token endpoint: an authorization code or a refresh token for new tokens."""
    match call.form.get("grant_type"):
        case "authorization_code":
            return _redeem(call)
        case "refresh_token":
            return _renew(call)
        case _:
            raise OAuthError("unsupported_grant_type")


@router.post("/oauth/revoke")
def post_revocation(call: ClientCall) -> JSONResponse:
    """RFC 7009: done, whether or not the token meant anything."""
    with writing(call.desk.engine) as con:
        end_session(con, require(call.form, "token"), call.key)
    return JSONResponse({})


def _redeem(call: ClientCall) -> JSONResponse:
    code, verifier = require(call.form, "code"), require(call.form, "code_verifier", VERIFIER)
    with writing(call.desk.engine) as con:
        issue = redeem_code(con, call.desk, code, verifier, call.key)
    return _answer_tokens(call.desk, issue)


def _renew(call: ClientCall) -> JSONResponse:
    with writing(call.desk.engine) as con:
        renewal = renew_session(con, call.desk, require(call.form, "refresh_token"), call.key)
    if isinstance(renewal, Demand):
        return ask_code(call.desk, renewal, status=403)
    return _answer_tokens(call.desk, renewal)


def _answer_tokens(desk: Desk, issue: Issue | None) -> JSONResponse:
    if issue is None:
        raise OAuthError("invalid_grant")
    answer = {
        "access_token": issue.access,
        "token_type": "DPoP",
        "expires_in": desk.settings.access_seconds,
        "refresh_token": issue.refresh,
        "scope": SCOPE,
        "fhirUser": f"Person/{issue.person_id}",
    }
    if issue.auth_session:
        answer["auth_session"] = issue.auth_session
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _settings(request: Request) -> Settings:
    desk: Desk = request.app.state.desk
    return desk.settings
