"""The shape of a refusal."""

import json

from mes_backend.login.errors import OAuthError


def test_a_refusal_states_its_error_its_facts_and_when_to_come_back() -> None:
    answer = OAuthError("slow_down", 429, retry_after=30, otp_required=True).answer()
    assert answer.status_code == 429
    assert json.loads(bytes(answer.body)) == {"error": "slow_down", "otp_required": True}
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("30", "no-store")
