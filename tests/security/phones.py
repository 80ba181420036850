"""A phone of a test: `mes-app` as processes of their own, all they may write to in one folder, a real key store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.journeys.terminal import Answer, MesApp
from tests.secret_service import run_secret_service
from tests.security.witnesses import Witness

PIN = "270814"
PLACES = ("data", "temporary", "home")


@contextmanager
def run_phone(folder: Path) -> Iterator[MesApp]:
    """Data, temporary files and home of the app are folders of ``folder``."""
    places = {name: folder / name for name in PLACES}
    for place in places.values():
        place.mkdir(mode=0o700)
    temporary, home = str(places["temporary"]), str(places["home"])
    with run_secret_service() as environment:
        own = {"TMPDIR": temporary, "SQLITE_TMPDIR": temporary, "HOME": home, "XDG_CACHE_HOME": home}
        yield MesApp(places["data"], {**environment, **own})


def sign_in(phone: MesApp, witness: Witness, *more: str) -> Answer:
    """Enrol the phone for the first account: password, code by mail, PIN."""
    user, password = witness.entries[0].user, witness.entries[0].password
    with phone.start("login", "--server", witness.url, "--user", user, *more) as login:
        assert login.stdin
        login.stdin.write(f"{password}\n")
        login.stdin.flush()
        login.stdin.write(f"{witness.letters.get(timeout=30).code}\n{PIN}\n")
        login.stdin.flush()
        out, err = login.communicate()
    return Answer(login.returncode, out, err)


def find_keys(phone: MesApp, pin: str = PIN) -> list[bytes]:
    """The data key of the phone's vault and what its key store holds."""
    return [bytes.fromhex(key) for key in replace(phone, program="tests.security.insider").run(pin).data]
