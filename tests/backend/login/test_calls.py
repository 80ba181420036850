"""Forms that are not what a client of ours sends."""

import pytest

from tests.backend.login.strict_client import StrictClient

FORM_TYPE = "application/x-www-form-urlencoded"


def send(client: StrictClient, content: bytes, content_type: str = FORM_TYPE) -> tuple[int, str]:
    headers = {"DPoP": client.prove("POST", f"{client.url}/oauth/revoke"), "Content-Type": content_type}
    answer = client.http.post("/oauth/revoke", content=content, headers=headers)
    return answer.status_code, answer.json().get("error", "")


@pytest.mark.parametrize(
    "content", [b"token=a&token=b&client_id=mes-carnets", b"token=%ff&client_id=mes-carnets", b"\xff", b"&a=" * 50]
)
def test_a_form_that_can_be_read_in_two_ways_is_refused(client: StrictClient, content: bytes) -> None:
    client.revoke("none")
    assert send(client, content) == (400, "invalid_request")


def test_another_content_type_is_refused(client: StrictClient) -> None:
    client.revoke("none")
    assert send(client, b'{"token": "a"}', "application/json") == (400, "invalid_request")


def test_a_large_form_is_refused_before_it_is_read(client: StrictClient) -> None:
    client.revoke("none")
    assert send(client, b"token=" + b"a" * 20_000) == (413, "invalid_request")


def test_a_form_without_what_it_needs_is_refused(client: StrictClient) -> None:
    client.revoke("none")
    assert send(client, b"client_id=mes-carnets") == (400, "invalid_request")
    assert send(client, b"token=a") == (400, "invalid_client")
