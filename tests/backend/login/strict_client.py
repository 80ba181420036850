"""A client of the login that does everything the protocol asks, and lets a test do one thing wrong."""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from jwt.algorithms import ECAlgorithm

VERIFIER = "v" * 43


def encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def hash_of(text: str) -> str:
    return encode(sha256(text.encode()).digest())


class StrictClient:
    """One device: its key, the last nonce and the last ``auth_session``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url)
        self.key = generate_private_key(SECP256R1())
        self.nonce: str | None = None
        self.auth_session = ""

    def close(self) -> None:
        self.http.close()

    def jwk(self) -> dict[str, Any]:
        return ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True)

    def prove(self, method: str, url: str, token: str | None = None, **changed: Any) -> str:
        """A proof; ``changed`` claims replace the right ones, and those that are None are left out."""
        claims = {"htm": method, "htu": url, "iat": int(time.time()), "jti": str(uuid4()), "nonce": self.nonce}
        claims["ath"] = hash_of(token) if token else None
        stated = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        return jwt.encode(stated, self.key, "ES256", {"typ": "dpop+jwt", "jwk": self.jwk()})

    def post(self, path: str, form: dict[str, str], proof: str | None = None) -> httpx.Response:
        """POST a form with a proof, once more when the server wants its nonce."""
        answer = self.http.post(path, data=form, headers={"DPoP": proof or self.prove("POST", self.url + path)})
        self.nonce = answer.headers["DPoP-Nonce"]
        if proof is None and answer.json().get("error") == "use_dpop_nonce":
            return self.post(path, form)
        self.auth_session = answer.json().get("auth_session", self.auth_session)
        return answer

    def send_password(self, user: str, password: str, **changed: str) -> httpx.Response:
        form = {
            "response_type": "code",
            "client_id": "mes-carnets",
            "scope": "openid fhirUser offline_access patient/*.rs",
            "code_challenge": hash_of(VERIFIER),
            "code_challenge_method": "S256",
            "resource": f"{self.url}/fhir",
            "username": user,
            "password": password,
        }
        return self.post("/oauth/challenge", form | changed)

    def send_code(self, code: str, **more: str) -> httpx.Response:
        return self.post("/oauth/challenge", {"auth_session": self.auth_session, "otp": code} | more)

    def resend(self) -> httpx.Response:
        return self.post("/oauth/challenge", {"auth_session": self.auth_session, "otp_resend": "true"})

    def redeem(self, code: str, **changed: str) -> httpx.Response:
        form = {"grant_type": "authorization_code", "code": code, "client_id": "mes-carnets", "code_verifier": VERIFIER}
        return self.post("/oauth/token", form | changed)

    def refresh(self, token: str) -> httpx.Response:
        form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "mes-carnets"}
        return self.post("/oauth/token", form)

    def revoke(self, token: str) -> httpx.Response:
        return self.post("/oauth/revoke", {"token": token, "client_id": "mes-carnets"})

    def get(self, path: str, token: str, proof: str | None = None, scheme: str = "DPoP") -> httpx.Response:
        headers = {"Authorization": f"{scheme} {token}", "DPoP": proof or self.prove("GET", self.url + path, token)}
        answer = self.http.get(path, headers=headers)
        self.nonce = answer.headers["DPoP-Nonce"]
        return answer
