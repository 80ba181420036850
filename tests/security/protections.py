"""The story of a phone that is protected, copied, recovered, left and killed: what it said, and what it left on disk.

Every step is a process of `mes-app` at its most talkative. The moments that end in "killed" are those of a process that
SIGKILL ended in the middle.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.journeys.terminal import Answer, MesApp
from tests.security.attics import Attic
from tests.security.phones import PIN, find_keys, run_phone, sign_in
from tests.security.witnesses import Witness

SECOND_PIN, THIRD_PIN, WRONG_PIN = "390471", "615093", "770142"
PASSPHRASE, WRONG_PASSPHRASE = "quatre pommes sous la neige", "trois poires dans le jardin"
PINS = {PIN, SECOND_PIN, THIRD_PIN, WRONG_PIN}
LOUD, MORTAL, HOLDER = (f"tests.security.{name}" for name in ("loud", "mortal", "holder"))


@dataclass
class Protection:
    """What came of it. ``codes``: the recovery codes; ``keys``: data keys and what the key store held."""

    folder: Path
    attic: Attic
    said: dict[str, Answer] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    keys: set[bytes] = field(default_factory=set)

    def note(self, moment: str, answer: Answer, code: int = 0) -> None:
        """``answer`` is what ``moment`` said; it must have ended with ``code``."""
        assert answer.code == code, f"{moment}: {answer}"
        self.said[moment] = answer
        self.attic.keep(moment, self.folder)


@contextmanager
def tell_protection(folder: Path, attic: Path, witness: Witness) -> Iterator[Protection]:
    """The whole story; the server of ``witness`` runs meanwhile."""
    told = Protection(folder, Attic(attic))
    with run_phone(folder) as phone:
        _begin(told, replace(phone, program=LOUD), witness)
        _change_ways(told, phone)
        _back_up_and_renew(told, phone)
        _recover(told, phone)
        _restore_and_leave(told, phone)
        yield told


def _begin(told: Protection, phone: MesApp, witness: Witness) -> None:
    told.note("login", sign_in(phone, witness))
    told.note("sync", phone.run("sync", secrets=f"{PIN}\n"))
    told.keys |= set(find_keys(phone))


def _change_ways(told: Protection, phone: MesApp) -> None:
    _die(told, phone, "os.rename .*keys.json", "pin", secrets=f"{PIN}\n{SECOND_PIN}\n")
    _run(told, phone, "pin", secrets=f"{PIN}\n{SECOND_PIN}\n")
    _make_code(told, phone, "recovery")
    told.note("wrong pin", replace(phone, program=LOUD).run("status", secrets=f"{WRONG_PIN}\n"), 1)
    _hold(told, phone, "cards", secrets=f"{SECOND_PIN}\n")
    told.keys |= set(find_keys(phone, SECOND_PIN))


def _back_up_and_renew(told: Protection, phone: MesApp) -> None:
    words, secrets = ("backup", "-o", str(_backup(told))), f"{SECOND_PIN}\n{PASSPHRASE}\n"
    _die(told, phone, "os.rename .*mescarnets", *words, secrets=secrets)
    _run(told, phone, *words, secrets=secrets)
    _die(told, phone, "os.rename .*documents/", "rekey", secrets=f"{SECOND_PIN}\n")
    _run(told, phone, "rekey", secrets=f"{SECOND_PIN}\n")
    told.keys |= set(find_keys(phone, SECOND_PIN))


def _recover(told: Protection, phone: MesApp) -> None:
    _make_code(told, phone, "recovery again")
    former, code = told.codes
    wrong = replace(phone, program=LOUD).run("recover", secrets=f"{former}\n{THIRD_PIN}\n")
    told.note("wrong recovery", wrong, 1)
    _die(told, phone, "os.rename .*keys.json", "recover", secrets=f"{code}\n{THIRD_PIN}\n")
    _run(told, phone, "recover", secrets=f"{code}\n{THIRD_PIN}\n")
    told.keys |= set(find_keys(phone, THIRD_PIN))
    _hold(told, phone, "demonstration")


def _restore_and_leave(told: Protection, phone: MesApp) -> None:
    other, words = replace(phone, data=told.folder / "other"), ("restore", str(_backup(told)))
    wrong = replace(other, program=LOUD).run(*words, secrets=f"{WRONG_PASSPHRASE}\n{PIN}\n")
    told.note("wrong passphrase", wrong, 1)
    _die(told, other, "os.rename .*vault.new$", *words, secrets=f"{PASSPHRASE}\n{PIN}\n")
    _run(told, other, *words, secrets=f"{PASSPHRASE}\n{PIN}\n")
    told.keys |= set(find_keys(other))
    _die(told, other, "os.remove .*emergency.sealed", "wipe", secrets=f"{PIN}\n")
    told.note("status", replace(other, program=LOUD).run("status", secrets=f"{PIN}\n"), 1)
    _run(told, phone, "logout", secrets=f"{THIRD_PIN}\n")
    _run(told, phone, "wipe", secrets=f"{THIRD_PIN}\n")


def _make_code(told: Protection, phone: MesApp, moment: str) -> None:
    answer = replace(phone, program=LOUD).run("recovery", "--json", secrets=f"{SECOND_PIN}\n")
    told.note(moment, answer)
    told.codes.append(answer.data["recovery"])


def _run(told: Protection, phone: MesApp, *words: str, secrets: str) -> None:
    told.note(words[0], replace(phone, program=LOUD).run(*words, secrets=secrets))


def _die(told: Protection, phone: MesApp, where: str, *words: str, secrets: str) -> None:
    mortal = replace(phone, program=MORTAL, environment={**phone.environment, "DIES_AT": where})
    told.note(f"{words[0]} killed", mortal.run(*words, secrets=secrets), -signal.SIGKILL)


def _hold(told: Protection, phone: MesApp, what: str, secrets: str = "") -> None:
    told.note(f"{what} killed", replace(phone, program=HOLDER).run(what, secrets=secrets), -signal.SIGKILL)


def _backup(told: Protection) -> Path:
    return told.folder / "sauvegarde.mescarnets"
