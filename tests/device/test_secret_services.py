"""One connection to a real Secret Service, from a child process with its own environment."""

import subprocess
import sys

import pytest

from tests.secret_service import run_secret_service

pytestmark = pytest.mark.keyring

PROGRAM = """
import gc, socket
from jeepney.io.blocking import DBusConnection
from keyring.errors import PasswordDeleteError
from mes_app.device.secret_services import LastingKeyring

def list_connections():
    gc.collect()
    found = [one for one in gc.get_objects() if isinstance(one, DBusConnection)]
    return [one for one in found if one.sock.fileno() >= 0]

backend = LastingKeyring()
for value in ("first", "second"):
    backend.set_password("mes-carnets", "name", value)
    assert backend.get_password("mes-carnets", "name") == value
(connection,) = list_connections()
connection.sock.shutdown(socket.SHUT_RDWR)
assert backend.get_password("mes-carnets", "name") == "second"
(again,) = list_connections()
assert again is not connection
backend.delete_password("mes-carnets", "name")
try:
    backend.delete_password("mes-carnets", "name")
except PasswordDeleteError:
    assert backend.get_password("mes-carnets", "name") is None
    assert len(list_connections()) == 1
    print("told")
"""


def test_one_connection_serves_every_call_and_one_that_was_lost_is_made_anew() -> None:
    with run_secret_service() as environment:
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    assert run.stdout == "told\n"
