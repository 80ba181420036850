"""Accounts: how names and passwords are taken, and what a changed password ends."""

import pytest
from sqlalchemy.exc import IntegrityError

from mes_backend.database import reading, writing
from mes_backend.login.accounts import Account, add_account, change_password, find_account, list_authenticators
from mes_backend.login.desk import Desk
from tests.backend.login.scene import Mailbox, sign_in
from tests.backend.login.strict_client import StrictClient


def test_a_name_is_found_as_people_type_it(desk: Desk) -> None:
    with reading(desk.engine) as con:
        assert find_account(con, " CAMILLE ") == find_account(con, "camille")
        assert find_account(con, "camill") is None


def test_a_name_is_given_once(desk: Desk) -> None:
    with pytest.raises(IntegrityError), writing(desk.engine) as con:
        add_account(con, Account("Camille", "other", "hash"))


def test_a_password_typed_on_another_keyboard_is_the_same(desk: Desk) -> None:
    composed, decomposed = "caf\u00e9 du matin", "cafe\u0301 du matin"
    assert desk.passwords.match(desk.passwords.hash(composed), decomposed)


def test_secrets_do_not_show_when_an_account_is_printed(desk: Desk) -> None:
    with reading(desk.engine) as con:
        (alex,) = list_authenticators(con)
    assert repr(alex) == "Account(user='alex', person_id='p-alex')"


def test_a_changed_password_ends_the_sessions(client: StrictClient, mailbox: Mailbox, desk: Desk) -> None:
    tokens = sign_in(client, mailbox)
    with writing(desk.engine) as con:
        change_password(con, "camille", desk.passwords.hash("une autre phrase"))
    assert client.refresh(tokens["refresh_token"]).json() == {"error": "invalid_grant"}
    assert client.send_password("camille", "une autre phrase").json()["otp_required"] is True
