"""The two steps of a sign-in: a password that asks for a code, and a code that gives an authorization code."""

from starlette.responses import JSONResponse

from mes_backend.database import reading, writing
from mes_backend.login.accounts import Account, find_account, fold_user
from mes_backend.login.calls import CLIENT_ID, Call, expect, read_code_challenge, require
from mes_backend.login.challenges import Demand, ask_code, find_challenge, judge_code, resend_code
from mes_backend.login.errors import OAuthError
from mes_backend.login.limits import ACCOUNT, ADDRESS, Subject, counted, forget_tries
from mes_backend.login.sessions import add_grant, find_former_session, forget_expired


def send_password(call: Call) -> JSONResponse:
    """Step 1. Raises OAuthError("access_denied") alike for a wrong password and for a name that nobody has."""
    expect(call.form, "client_id", CLIENT_ID, "invalid_client")
    expect(call.form, "response_type", "code", "unsupported_response_type")
    expect(call.form, "resource", call.desk.settings.fhir_base, "invalid_target")
    code_challenge = read_code_challenge(call.form)
    user, password = require(call.form, "username"), require(call.form, "password")
    with counted(call.desk.engine, call.desk.clock(), _subjects(call, user)):
        account = _authenticate(call, user, password)
    with writing(call.desk.engine) as con:
        forget_expired(con, call.desk)
        former = find_former_session(con, call.form.get("auth_session", ""), call.key, account.user)
    return ask_code(call.desk, Demand(account, call.key, code_challenge, former))


def send_code(call: Call) -> JSONResponse:
    """Step 2. Raises OAuthError("insufficient_authorization" | "invalid_session" | "slow_down")."""
    otp = require(call.form, "otp")
    challenge = find_challenge(call.desk, require(call.form, "auth_session"), call.key)
    code_challenge = challenge.demand.code_challenge or read_code_challenge(call.form)
    with counted(call.desk.engine, call.desk.clock(), _subjects(call, challenge.account.user)):
        challenge = judge_code(call.desk, challenge, otp)
    with writing(call.desk.engine) as con:
        forget_tries(con, ACCOUNT.on(challenge.account.user))
        code = add_grant(con, call.desk, challenge, code_challenge)
    return JSONResponse({"authorization_code": code}, headers={"Cache-Control": "no-store"})


def ask_again(call: Call) -> JSONResponse:
    """Between the two: another code. Raises OAuthError("invalid_session" | "slow_down")."""
    return resend_code(call.desk, find_challenge(call.desk, require(call.form, "auth_session"), call.key))


def _authenticate(call: Call, user: str, password: str) -> Account:
    with reading(call.desk.engine) as con:
        account = find_account(con, user)
    matches = call.desk.passwords.match(account.password_hash if account else None, password)
    if account is None or not matches:
        raise OAuthError("access_denied")
    return account


def _subjects(call: Call, user: str) -> tuple[Subject, Subject]:
    return ACCOUNT.on(fold_user(user)), ADDRESS.on(call.address)
