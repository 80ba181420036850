"""Where the server agrees to listen, and what it says when it cannot."""

import socket
from pathlib import Path

import pytest

from mes_backend.errors import CommandError
from mes_backend.serving import Place, Plan, check_place, serve

CERT, KEY = Path("cert.pem"), Path("key.pem")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens in these tests


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("192.0.2.1"), "--behind-proxy"),
        (Place("localhost"), "--behind-proxy"),
        (Place("192.0.2.1", tls_cert=CERT), "vont ensemble"),
        (Place("127.0.0.1", tls_key=KEY), "vont ensemble"),
        (Place(EVERYWHERE, tls_cert=CERT, tls_key=KEY), "--public-url"),
        (Place("127.0.0.1", behind_proxy=True), "--public-url"),
    ],
)
def test_a_place_where_passwords_would_travel_in_clear_is_refused(place: Place, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        check_place(place)


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place("192.0.2.1", tls_cert=CERT, tls_key=KEY),
        Place(EVERYWHERE, behind_proxy=True, public_url="https://carnets.example"),
    ],
)
def test_this_machine_tls_and_a_proxy_are_accepted(place: Place) -> None:
    check_place(place)


def test_the_demonstration_never_leaves_this_machine() -> None:
    for place in (
        Place("192.0.2.1", tls_cert=CERT, tls_key=KEY),
        Place(behind_proxy=True, public_url="https://carnets.example"),
    ):
        with pytest.raises(CommandError, match="démonstration"):
            check_place(place, demo=True)


def test_a_taken_port_is_said_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = Place(port=listener.getsockname()[1])
        with pytest.raises(CommandError, match="port"):
            serve(place, Plan("sqlite://", tell_codes=True), print)


def test_a_server_that_could_send_no_code_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MES_SMTP_HOST", raising=False)
    with pytest.raises(CommandError, match="MES_SMTP_HOST"):
        serve(Place(), Plan(f"sqlite:///{tmp_path}/server.db"), print)
