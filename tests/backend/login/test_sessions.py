"""What authorization codes and sessions are worth, how long, and to whom."""

from sqlalchemy import func, select

from mes_backend.database import reading, writing
from mes_backend.login.desk import Desk
from mes_backend.login.sessions import forget_expired
from mes_backend.login.tables import challenges, grants, sessions, tries
from tests.backend.login.scene import PASSWORD, Mailbox, sign_in
from tests.backend.login.strict_client import StrictClient
from tests.backend.serving import Clock


def authorize(client: StrictClient, mailbox: Mailbox) -> str:
    client.send_password("camille", PASSWORD)
    return str(client.send_code(mailbox.code).json()["authorization_code"])


def count_rows(desk: Desk) -> list[int]:
    with reading(desk.engine) as con:
        tables = (challenges, grants, sessions, tries)
        return [con.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_an_authorization_code_that_comes_back_ends_the_session_it_opened(
    client: StrictClient, mailbox: Mailbox
) -> None:
    code = authorize(client, mailbox)
    tokens = client.redeem(code).json()
    assert client.redeem(code).json() == {"error": "invalid_grant"}
    assert client.refresh(tokens["refresh_token"]).json() == {"error": "invalid_grant"}


def test_an_authorization_code_lives_a_minute(client: StrictClient, mailbox: Mailbox, clock: Clock) -> None:
    code = authorize(client, mailbox)
    clock.now += 60
    assert client.redeem(code).json() == {"error": "invalid_grant"}


def test_a4_an_authorization_code_wants_its_verifier(client: StrictClient, mailbox: Mailbox) -> None:
    code = authorize(client, mailbox)
    assert client.redeem(code, code_verifier="w" * 43).json() == {"error": "invalid_grant"}
    assert client.redeem(code).json() == {"error": "invalid_grant"}


def test_a4_a_verifier_of_the_wrong_length_is_no_request(client: StrictClient, mailbox: Mailbox) -> None:
    code = authorize(client, mailbox)
    for length in (42, 129):
        assert client.redeem(code, code_verifier="v" * length).json() == {"error": "invalid_request"}
    assert client.redeem(code).status_code == 200


def test_n7_an_authorization_code_belongs_to_the_key_that_asked(client: StrictClient, mailbox: Mailbox) -> None:
    code = authorize(client, mailbox)
    thief = StrictClient(client.url)
    assert thief.redeem(code).json() == {"error": "invalid_grant"}
    thief.close()
    assert client.redeem(code).status_code == 200


def test_a5_no_token_is_stored_in_clear(client: StrictClient, mailbox: Mailbox, desk: Desk) -> None:
    tokens = sign_in(client, mailbox)
    with reading(desk.engine) as con:
        stored = repr(con.execute(select(sessions)).all())
    secrets = [tokens[name] for name in ("access_token", "refresh_token", "auth_session")]
    assert not [secret for secret in secrets if secret in stored]


def test_a_session_that_nobody_renews_is_forgotten_at_last(
    client: StrictClient, mailbox: Mailbox, clock: Clock, desk: Desk
) -> None:
    sign_in(client, mailbox)
    authorize(client, mailbox)
    client.send_password("camille", PASSWORD)
    assert min(count_rows(desk)) == 1
    clock.now += 2 * desk.settings.session_seconds + 1
    with writing(desk.engine) as con:
        forget_expired(con, desk)
    assert count_rows(desk) == [0, 0, 0, 0]
